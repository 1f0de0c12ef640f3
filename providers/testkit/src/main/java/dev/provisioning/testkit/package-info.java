/**
 * The contract of machine providers as tests, what a provider must bring to take them, and how
 * tests of any module run the programs of this computer. Test scope of other modules only.
 */
package dev.provisioning.testkit;
