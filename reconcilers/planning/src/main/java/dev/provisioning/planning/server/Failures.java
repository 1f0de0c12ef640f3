package dev.provisioning.planning.server;

import dev.provisioning.api.FailedAction;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The failures in a row of each action, as a value; kept in the status. */
record Failures(List<FailedAction> list) {
  private static final int MESSAGE_MAX = 1_500;

  Failures {
    list = list.stream().sorted(Comparator.comparing(FailedAction::action)).toList();
  }

  Optional<FailedAction> of(String action) {
    return list.stream().filter(failed -> failed.action().equals(action)).findFirst();
  }

  Failures without(String action) {
    return new Failures(list.stream().filter(f -> !f.action().equals(action)).toList());
  }

  /** A new spec gets a new chance at once; what the world is waited for for is not its matter. */
  Failures forNewGeneration() {
    Set<String> kept = Set.of(ServerView.LOOK, Tries.LAUNCH);
    return new Failures(list.stream().filter(f -> kept.contains(f.action())).toList());
  }

  /** One more failure of {@code action}; {@code atLeast} is the shortest wait before a retry. */
  Failures with(String action, Failure failure, Moment moment, Duration atLeast) {
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
  record Moment(Instant at, String uid) {}

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
