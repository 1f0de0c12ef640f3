/**
 * What people get wrong, as data under {@code src/test/resources/mistakes}: a file per mistake,
 * with the words that they read and what they do then. docs/troubleshooting.md is made from it.
 */
package dev.provisioning.operator.mistakes;
