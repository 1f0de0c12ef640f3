package dev.provisioning.spi.model;

/** A data volume as a provider reports it; {@code name} is the name in the Server's spec. */
public record Volume(String id, String name, int sizeGb) {}
