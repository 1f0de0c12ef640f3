package dev.provisioning.spi.model;

import java.time.Duration;

/**
 * One question to a service on its machine: a shell command, exit 0 is healthy. TCP, HTTP and unit
 * checks are rendered to commands by the planner.
 *
 * @param interval between two questions
 * @param timeout after which the command counts as failed
 * @param retries failures in a row before the service counts as ill
 */
public record HealthCheck(
    String name, String command, Duration interval, Duration timeout, int retries) {}
