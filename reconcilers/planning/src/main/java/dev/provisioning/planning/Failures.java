package dev.provisioning.planning;

import dev.provisioning.api.FailedAction;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The failures in a row of each action, by its key, as a value; kept in the status. */
public record Failures(List<FailedAction> list) {
  private static final int MESSAGE_MAX = 1_500;
  private static final Duration SOON = Duration.ofSeconds(2);

  public Failures {
    list = list.stream().sorted(Comparator.comparing(FailedAction::action)).toList();
  }

  /** Empty: the action has not failed since it last succeeded. */
  public Optional<FailedAction> of(String action) {
    return list.stream().filter(failed -> failed.action().equals(action)).findFirst();
  }

  /** The rest, once this action succeeded. */
  public Failures without(String action) {
    return new Failures(list.stream().filter(f -> !f.action().equals(action)).toList());
  }

  /** A new spec gets a new chance at once; only these entries stay. */
  public Failures keeping(Set<String> actions) {
    return new Failures(list.stream().filter(f -> actions.contains(f.action())).toList());
  }

  /** What an entry tells, as a failure that is as stalled as it was. */
  public static Failure told(FailedAction failed) {
    String message =
        failed.count() != null && failed.count() > 1
            ? "%s (%d times since %s)".formatted(failed.message(), failed.count(), failed.since())
            : failed.message();
    String next =
        failed.retryAt() == null
            ? "; it is tried again when the spec changes"
            : "; next try at " + failed.retryAt();
    return Boolean.TRUE.equals(failed.stalled())
        ? new Failure.Denied(failed.reason(), message + next)
        : new Failure.Waiting(failed.reason(), message + next, SOON);
  }

  /** Whether its pause is over. */
  public static boolean due(FailedAction failed, Instant now) {
    return failed.retryAt() != null && !failed.retryAt().isAfter(now);
  }

  /** How long its pause still is; at least a moment. */
  public static Duration until(FailedAction failed, Instant now) {
    Duration left = Duration.between(now, failed.retryAt());
    return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
  }

  /** One more failure of {@code action}; {@code atLeast} is the shortest wait before a retry. */
  public Failures with(String action, Failure failure, Moment moment, Duration atLeast) {
    Optional<FailedAction> before = of(action);
    int count = before.map(FailedAction::count).orElse(0) + 1;
    FailurePolicy policy = FailurePolicy.of(failure, count, moment.uid());
    Instant at = moment.at().truncatedTo(ChronoUnit.SECONDS);
    List<FailedAction> all = new ArrayList<>(without(action).list());
    all.add(
        new FailedAction(
            action,
            count,
            failure.reason(),
            shortened(failure.message()),
            before.map(FailedAction::since).orElse(at),
            policy.retryAfter().map(wait -> later(moment.at(), longer(wait, atLeast))).orElse(null),
            policy.stalled() ? true : null));
    return new Failures(all);
  }

  /** When and for whom; the uid seeds the jitter. */
  public record Moment(Instant at, String uid) {}

  private static Instant later(Instant now, Duration wait) {
    return now.plus(wait).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static String shortened(String text) {
    return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "…";
  }
}
