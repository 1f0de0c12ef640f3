/**
 * Places where a test may end or hold this process: around every effect, named after it. Off unless
 * the property {@code dev.provisioning.failpoints} is set; {@code docs/faults.md} says how to use
 * and how to add them. What a fault does to the world is no business of this package.
 */
package dev.provisioning.spi.failpoint;
