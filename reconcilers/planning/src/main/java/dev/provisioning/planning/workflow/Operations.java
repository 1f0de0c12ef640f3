package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.OperationStatusBuilder;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The records of all operations by name, in the order of the spec. One pass writes into them what
 * it decides; the status shows them as they are at its end.
 */
final class Operations {
  private final Map<String, OperationStatus> byName;

  private Operations(Map<String, OperationStatus> byName) {
    this.byName = byName;
  }

  /** As last written; what left the spec after it ran comes last, and is still known. */
  static Operations recorded(WorkflowInput input) {
    Map<String, OperationStatus> before = new TreeMap<>();
    input
        .status()
        .ifPresent(status -> status.operations().forEach(each -> before.put(each.name(), each)));
    Operations all = new Operations(new LinkedHashMap<>());
    for (var operation : input.spec().operations()) {
      OperationStatus known = before.remove(operation.name());
      all.put(known == null ? pending(operation.name()) : known);
    }
    before.values().stream().filter(Operations::mayHaveEffects).forEach(all::put);
    return all;
  }

  /** It was begun, be it before a resume, after which it waits like one that never was. */
  static boolean mayHaveEffects(OperationStatus status) {
    return status.attempt() != null || status.undo() != null;
  }

  /** Nothing has happened to it. */
  static OperationStatus pending(String name) {
    return OperationStatusBuilder.builder().name(name).phase(OperationPhase.Pending).build();
  }

  /** The same, each changed; these records stay as they are. */
  Operations each(UnaryOperator<OperationStatus> change) {
    Map<String, OperationStatus> next = new LinkedHashMap<>(byName);
    next.replaceAll((name, status) -> change.apply(status));
    return new Operations(next);
  }

  void put(OperationStatus status) {
    byName.put(status.name(), status);
  }

  OperationStatus get(String name) {
    return byName.get(name);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /** A copy, so that records may be put while it is gone through. */
  List<OperationStatus> all() {
    return List.copyOf(byName.values());
  }

  List<OperationStatus> in(OperationPhase phase) {
    return records().stream().filter(status -> status.phase() == phase).toList();
  }

  boolean any(OperationPhase phase) {
    return records().stream().anyMatch(status -> status.phase() == phase);
  }

  /** The time of the whole was over before one of them was. */
  boolean timedOut() {
    return records().stream().anyMatch(status -> Span.TIMED_OUT.equals(status.reason()));
  }

  boolean succeeded() {
    return records().stream().allMatch(status -> status.phase() == OperationPhase.Succeeded);
  }

  /** At least one was started, though it may be long over. */
  boolean begun() {
    return records().stream().anyMatch(status -> status.attempt() != null);
  }

  /** Nothing runs and nothing is left to do forwards. */
  boolean over() {
    return records().stream().map(OperationStatus::phase).allMatch(Operations::isOver);
  }

  static boolean isOver(OperationPhase phase) {
    return switch (phase) {
      case Succeeded, Failed, Skipped, Cancelled, RolledBack -> true;
      case Pending, Ready, Running -> false;
    };
  }

  private Collection<OperationStatus> records() {
    return byName.values();
  }
}
