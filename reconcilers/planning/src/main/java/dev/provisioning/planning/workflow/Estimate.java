package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When the whole will be done: the operations that are left, each as long as those of its type took
 * here, in as many lines as run at once. Absent as soon as one of them cannot be told.
 */
final class Estimate {
  private static final Comparator<OperationPhase> RUNNING_FIRST =
      Comparator.comparing(phase -> phase != OperationPhase.Running);

  private final Scope scope;
  private final Operations operations;
  private final Map<String, Duration> mean;

  private Estimate(Scope scope, Operations operations) {
    this.scope = scope;
    this.operations = operations;
    this.mean = means();
  }

  static Optional<Instant> of(Scope scope, Operations operations) {
    return new Estimate(scope, operations).completion();
  }

  private Optional<Instant> completion() {
    return operations.all().stream()
        .map(o -> latest(o.startedAt(), o.finishedAt()))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .flatMap(this::completion);
  }

  /** {@code base}: when something happened last; every line is free from then on. */
  private Optional<Instant> completion(Instant base) {
    PriorityQueue<Instant> free = lines(base);
    Map<String, Instant> ends = new HashMap<>();
    Instant last = base;
    for (Work work : left()) {
      Optional<Duration> takes = duration(work);
      if (takes.isEmpty()) {
        return Optional.empty();
      }
      boolean line = Schedule.takesPlace(work);
      Instant from = start(work.name(), ends, line ? free.remove() : base);
      Instant end = latest(from.plus(takes.get()), base); // one that is late comes any moment
      if (line) {
        free.add(end);
      }
      ends.put(work.name(), end);
      last = latest(last, end);
    }
    return Optional.of(last);
  }

  /** Each after all that it needs; first those that run, for they have their lines already. */
  private List<Work> left() {
    return scope.graph().dag().order().stream()
        .filter(name -> isLeft(operations.get(name)))
        .sorted(Comparator.comparing(name -> operations.get(name).phase(), RUNNING_FIRST))
        .map(scope.graph().works()::get)
        .toList();
  }

  private PriorityQueue<Instant> lines(Instant base) {
    int lines = Schedule.parallelism(scope.input().spec());
    return new PriorityQueue<>(Collections.nCopies(lines, base));
  }

  private Instant start(String name, Map<String, Instant> ends, Instant free) {
    OperationStatus status = operations.get(name);
    if (status.phase() == OperationPhase.Running) {
      return status.startedAt();
    }
    return scope.graph().dag().needs(name).stream()
        .map(ends::get)
        .filter(Objects::nonNull)
        .reduce(free, Estimate::latest);
  }

  private static boolean isLeft(OperationStatus status) {
    return switch (status.phase()) {
      case Pending, Ready, Running -> true;
      case Succeeded, Failed, Skipped, Cancelled, RolledBack -> false;
    };
  }

  private Optional<Duration> duration(Work work) {
    if (work.type() == Work.Type.WAIT && work.operation().waiting().duration() != null) {
      return Optional.of(DurationText.parse(work.operation().waiting().duration()));
    }
    return Optional.ofNullable(mean.get(work.word()));
  }

  private Map<String, Duration> means() {
    Map<String, Duration> sums = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Work work : scope.graph().works().values()) {
      OperationStatus status = operations.get(work.name());
      if (status.phase() == OperationPhase.Succeeded
          && status.startedAt() != null
          && status.finishedAt() != null) {
        sums.merge(
            work.word(), Duration.between(status.startedAt(), status.finishedAt()), Duration::plus);
        counts.merge(work.word(), 1, Integer::sum);
      }
    }
    sums.replaceAll((word, sum) -> sum.dividedBy(counts.get(word)));
    return sums;
  }

  private static Instant latest(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }
}
