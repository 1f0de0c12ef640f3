package dev.provisioning.ssh;

import java.time.Clock;
import java.time.Duration;

/**
 * How connections behave.
 *
 * @param keepAliveInterval pause between two keep-alive questions, whole seconds
 * @param keepAliveUnanswered questions without an answer after which the peer is dead. sshj notices
 *     at the next question, hence after at most {@code (unanswered + 1) * interval}
 * @param idleTimeout a connection unused for so long is closed
 * @param sessionsPerConnection channels at a time; sshd's MaxSessions is 10 by default
 * @param breakerFailures connection failures in a row that open a machine's circuit
 * @param breakerOpen how long an open circuit refuses before it allows one trial
 * @param attachDeadline how long {@code await} tries to reach a lost machine again
 * @param clock for idle times and circuits
 */
public record SshSettings(
    Duration keepAliveInterval,
    int keepAliveUnanswered,
    Duration idleTimeout,
    int sessionsPerConnection,
    int breakerFailures,
    Duration breakerOpen,
    Duration attachDeadline,
    Clock clock) {
  /** A dead peer is noticed within 45 s; eight channels; five failures open a circuit for 60 s. */
  public static SshSettings defaults() {
    return new SshSettings(
        Duration.ofSeconds(15),
        2,
        Duration.ofMinutes(5),
        8,
        5,
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        Clock.systemUTC());
  }

  public SshSettings withClock(Clock other) {
    return new SshSettings(
        keepAliveInterval,
        keepAliveUnanswered,
        idleTimeout,
        sessionsPerConnection,
        breakerFailures,
        breakerOpen,
        attachDeadline,
        other);
  }

  public SshSettings withKeepAlive(Duration interval, int unanswered) {
    return new SshSettings(
        interval,
        unanswered,
        idleTimeout,
        sessionsPerConnection,
        breakerFailures,
        breakerOpen,
        attachDeadline,
        clock);
  }

  public SshSettings withAttachDeadline(Duration deadline) {
    return new SshSettings(
        keepAliveInterval,
        keepAliveUnanswered,
        idleTimeout,
        sessionsPerConnection,
        breakerFailures,
        breakerOpen,
        deadline,
        clock);
  }
}
