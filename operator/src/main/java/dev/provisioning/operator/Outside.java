package dev.provisioning.operator;

import dev.provisioning.operator.clients.SimulatedClouds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What a {@link Composition} works in, and what outlives it.
 *
 * @param lost what follows when another operator leads, or may: this one is of no use any more
 */
public record Outside(
    ApiServer api, SimulatedClouds clouds, MeterRegistry meters, Clock clock, Runnable lost) {}
