package dev.provisioning.spi.model;

/** Something with our operator tag: {@code kind} is Machine, Volume, Firewall. */
public record Leftover(String kind, String id, String ownerUid) {}
