package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.Optional;

/** What is read the same way of every kind: kstatus over the conditions of a child. */
sealed interface ChildView permits ServerChild, TaskServChild {
  ResourceRef ref();

  List<Condition> conditions();

  /** -1 before the first look. */
  long observedGeneration();

  default String name() {
    return ref().name();
  }

  default String title() {
    return ref().kind() + " " + ref().name();
  }

  default boolean current() {
    return observedGeneration() == ref().generation();
  }

  default boolean ready() {
    return current() && !ref().deleting() && is(Conditions.READY, ConditionStatus.True);
  }

  default boolean stalled() {
    return current() && is(Conditions.STALLED, ConditionStatus.True);
  }

  default boolean is(String type, ConditionStatus status) {
    return condition(type).filter(one -> one.status() == status).isPresent();
  }

  default Optional<Condition> condition(String type) {
    return Conditions.find(conditions(), type);
  }

  default String reason() {
    return condition(Conditions.STALLED)
        .or(() -> condition(Conditions.READY))
        .map(Condition::reason)
        .orElse("NotReady");
  }

  /** Why it is not ready, in its own words. */
  default String message() {
    return condition(Conditions.READY)
        .filter(one -> current() && one.status() != ConditionStatus.True)
        .map(Condition::message)
        .filter(text -> !text.isBlank())
        .orElse("was changed and is not looked at yet");
  }
}
