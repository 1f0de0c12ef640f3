package dev.provisioning.spi.model;

import java.time.Instant;

/** The console output of a machine, as text. */
public record Console(String text, Instant at) {}
