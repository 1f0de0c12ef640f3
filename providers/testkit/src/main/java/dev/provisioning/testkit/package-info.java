/**
 * The contract of machine providers as tests, and what a provider must bring to take them. Test
 * scope of other modules only.
 */
package dev.provisioning.testkit;
