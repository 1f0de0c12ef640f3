package dev.provisioning.spi.model;

/**
 * One difference between applied state and machine.
 *
 * @param item {@code file:/etc/x}, {@code unit:x} or {@code package:x}
 * @param desired a version, a mode and owner, a state, the first digits of a SHA-256; never content
 * @param observed the same of what is there
 */
public record HostDrift(String item, String desired, String observed) {}
