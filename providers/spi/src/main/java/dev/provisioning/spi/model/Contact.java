package dev.provisioning.spi.model;

/**
 * The result of a successful login with sudo: the fingerprint of the host key that answered, and
 * the machine's facts.
 */
public record Contact(String hostKey, MachineFacts facts) {}
