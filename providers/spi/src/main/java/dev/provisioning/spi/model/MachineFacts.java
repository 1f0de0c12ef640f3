package dev.provisioning.spi.model;

/**
 * What a machine says of itself. {@code os} and {@code version} are ID and VERSION_ID of
 * os-release(5), {@code architecture} in Debian's words (amd64, arm64), {@code machineId} of
 * machine-id(5).
 */
public record MachineFacts(
    String os,
    String version,
    String architecture,
    String kernel,
    int cores,
    int memoryMb,
    int diskGb,
    boolean systemd,
    String machineId,
    String bootId) {}
