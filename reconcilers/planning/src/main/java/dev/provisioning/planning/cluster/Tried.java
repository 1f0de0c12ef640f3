package dev.provisioning.planning.cluster;

import dev.provisioning.api.FailedAction;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The failures in a row of each action: those remembered, and what the ledger adds. */
record Tried(Map<String, FailedAction> byKey) {
  private static final int MESSAGE_MAX = 1_500;

  static Tried of(ClusterInput input) {
    Map<String, FailedAction> all = new TreeMap<>();
    input.status().failures().forEach(failed -> all.put(failed.action(), failed));
    input
        .ledger()
        .finished()
        .forEach(
            (key, outcome) -> {
              switch (outcome) {
                case Ledger.Succeeded done -> all.remove(key);
                case Ledger.Failed(Instant at, Failure failure) ->
                    all.merge(
                        key,
                        entry(key, failure, 1, at, input),
                        (old, first) -> entry(key, failure, old.count() + 1, old.since(), input));
              }
            });
    return new Tried(all);
  }

  private static FailedAction entry(
      String key, Failure failure, int count, Instant since, ClusterInput input) {
    FailurePolicy policy = FailurePolicy.of(failure, count, input.ref().uid());
    String text = failure.message();
    return new FailedAction(
        key,
        count,
        failure.reason(),
        text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "…",
        since.truncatedTo(ChronoUnit.SECONDS),
        policy
            .retryAfter()
            .map(wait -> input.now().plus(wait).plusMillis(999).truncatedTo(ChronoUnit.SECONDS))
            .orElse(null),
        policy.stalled() ? true : null);
  }

  /** Whether the action may be tried now. */
  boolean due(String key, Instant now) {
    FailedAction failed = byKey.get(key);
    return failed == null || failed.retryAt() != null && !failed.retryAt().isAfter(now);
  }

  /** The first failure of these actions, in a sentence that says what happens next. */
  Optional<Failure> first(Stream<ClusterAction> actions) {
    return actions
        .flatMap(a -> Optional.ofNullable(byKey.get(a.key())).stream())
        .findFirst()
        .map(Tried::failure);
  }

  private static Failure failure(FailedAction failed) {
    String since =
        failed.count() > 1 ? " (%d times since %s)".formatted(failed.count(), failed.since()) : "";
    String next =
        failed.retryAt() == null
            ? "; it is tried again when the spec changes"
            : "; next try at " + failed.retryAt();
    String message = failed.message() + since + next;
    return Boolean.TRUE.equals(failed.stalled())
        ? new Failure.Denied(failed.reason(), message)
        : new Failure.Waiting(failed.reason(), message, Duration.ofSeconds(2));
  }

  /** When the next of these is due. */
  Optional<Instant> nextDue(Stream<ClusterAction> actions) {
    return actions
        .flatMap(a -> Optional.ofNullable(byKey.get(a.key())).stream())
        .flatMap(failed -> Stream.ofNullable(failed.retryAt()))
        .min(Comparator.naturalOrder());
  }
}
