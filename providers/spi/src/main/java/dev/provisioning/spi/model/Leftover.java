package dev.provisioning.spi.model;

/**
 * Something with our operator tag: {@code kind} is Machine, Volume, Firewall; {@code id} the
 * provider's own; {@code ownerUid} the uid of the Server it was made for, which may be gone.
 */
public record Leftover(String kind, String id, String ownerUid) {}
