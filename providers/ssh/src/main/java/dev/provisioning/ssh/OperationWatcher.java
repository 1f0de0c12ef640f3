package dev.provisioning.ssh;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Follows one operation over one long channel, and attaches again when the connection breaks. */
final class OperationWatcher {
  /** No operation is followed longer on one channel; a new one costs a round trip. */
  private static final Duration CHANNEL_LIFE = Duration.ofHours(6);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int CHANNELS_PER_MACHINE = 4;

  private final Map<String, Semaphore> channelsOf = new ConcurrentHashMap<>();
  private final Agent agent;
  private final SshSettings settings;

  private final CountDownLatch closed;

  /** {@code closed} ends all waiting when it reaches zero. */
  OperationWatcher(Agent agent, SshSettings settings, CountDownLatch closed) {
    this.closed = closed;
    this.agent = agent;
    this.settings = settings;
  }

  OperationReport await(ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    Instant lostSince = null;
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        var end = look(target, id, progress);
        if (end.isPresent()) {
          return end.get();
        }
        lostSince = null;
        pause = FIRST_PAUSE;
      } catch (ProviderException e) {
        var now = settings.clock().instant();
        lostSince = lostSince == null ? now : lostSince;
        if (!worthAttaching(e.failure()) || givenUp(lostSince, now)) {
          throw e.failure() instanceof Failure.Transient
              ? SshFailures.connectionLost(target, e)
              : e;
        }
        sleep(target, pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  /**
   * Follows on a channel of its own while one is to be had: a machine with many operations in its
   * queue would else leave no channel for anything. The others ask now and then.
   */
  private Optional<OperationReport> look(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    var channels =
        channelsOf.computeIfAbsent(target.machine(), _ -> new Semaphore(CHANNELS_PER_MACHINE));
    if (channels.tryAcquire()) {
      try {
        return Optional.of(follow(target, id, progress));
      } finally {
        channels.release();
      }
    }
    var report =
        agent.call(
            target,
            Agent.Call.reading(ANSWER, "report", id.value()),
            process -> report(target, id, process));
    progress.accept(report);
    if (ended(report)) {
      return Optional.of(report);
    }
    sleep(target, FIRST_PAUSE);
    return Optional.empty();
  }

  private OperationReport follow(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    return agent.call(
        target,
        Agent.Call.reading(CHANNEL_LIFE, "wait", id.value()),
        process -> {
          while (true) {
            var report = report(target, id, process);
            progress.accept(report);
            if (ended(report)) {
              return report;
            }
          }
        });
  }

  static OperationReport report(ShellTarget target, OperationId id, RemoteProcess process)
      throws IOException {
    var line = Agent.expectLine(target, process);
    if (!line.equals("report")) {
      throw SshFailures.agentFailed(target, 0, "unexpected answer: " + line);
    }
    return ReportReader.read(id, process::line);
  }

  private static boolean ended(OperationReport report) {
    return switch (report.state()) {
      case ABSENT, SUCCEEDED, FAILED, LOST -> true;
      case QUEUED, RUNNING -> false;
    };
  }

  private static boolean worthAttaching(Failure failure) {
    return failure instanceof Failure.Transient
        && switch (failure.reason()) {
          case "ConnectionLost", "HostUnreachable", "CommandTimeout" -> true;
          default -> false;
        };
  }

  private boolean givenUp(Instant lostSince, Instant now) {
    return Duration.between(lostSince, now).compareTo(settings.attachDeadline()) >= 0;
  }

  private void sleep(ShellTarget target, Duration pause) {
    try {
      if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw SshFailures.closed(target);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SshFailures.closed(target);
    }
  }
}
