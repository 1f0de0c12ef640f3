package dev.provisioning.spi.model;

/**
 * One difference between applied state and machine: {@code file:/etc/x}, {@code unit:x}, {@code
 * package:x}.
 */
public record HostDrift(String item, String desired, String observed) {}
