package dev.provisioning.planning.taskserv;

import java.time.Duration;

/**
 * How much at once, and how often.
 *
 * @param operations how many operations run on the machines of a Workspace at once
 * @param driftInterval how often a machine is compared with what was applied to it
 */
public record Pace(int operations, Duration driftInterval) {}
