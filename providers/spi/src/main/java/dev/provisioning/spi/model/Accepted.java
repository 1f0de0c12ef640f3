package dev.provisioning.spi.model;

import java.time.Duration;

/** The provider took the request; look again after {@code pollAfter}. */
public record Accepted(MachineId id, Duration pollAfter) {}
