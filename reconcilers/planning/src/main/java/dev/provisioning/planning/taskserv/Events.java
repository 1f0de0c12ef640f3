package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Projection.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transitions, each told once. */
final class Events {
  private Events() {}

  static List<Event> of(Assessment assessment, TaskServStatus status) {
    TaskServInput input = assessment.input();
    List<Event> events = new ArrayList<>(assessment.remembered().events());
    List<Condition> before = input.status().map(TaskServStatus::conditions).orElse(List.of());
    health(assessment, status, events);
    assessment
        .refusal()
        .or(() -> assessment.members().stream().flatMap(m -> m.problem().stream()).findFirst())
        .filter(
            f ->
                FailurePolicy.of(f, 1, input.ref().uid()).warning()
                    || f.reason().startsWith("Dependency"))
        .filter(f -> isNew(before, Conditions.READY, f.reason()))
        .ifPresent(f -> events.add(new Event(true, f.reason(), f.message())));
    Conditions.find(status.conditions(), Conditions.READY)
        .filter(
            c -> c.reason().equals(Approvals.REASON) && isNew(before, Conditions.READY, c.reason()))
        .ifPresent(c -> events.add(new Event(false, c.reason(), c.message())));
    Conditions.find(status.conditions(), TaskServConditions.IN_SYNC)
        .filter(c -> c.status() == ConditionStatus.False)
        .filter(c -> isNew(before, TaskServConditions.IN_SYNC, c.reason()))
        .ifPresent(c -> events.add(new Event(true, c.reason(), c.message())));
    List<String> known = input.status().map(TaskServStatus::warnings).orElse(List.of());
    Advice.of(assessment).stream()
        .filter(word -> word.told() && !known.contains(word.sentence()))
        .forEach(word -> events.add(new Event(true, word.reason(), word.sentence())));
    boolean knew = input.status().map(TaskServStatus::updateAvailable).orElse(false);
    if (Boolean.TRUE.equals(status.updateAvailable()) && !knew) {
      events.add(
          new Event(
              false,
              "UpdateAvailable",
              "%s %s is available; %s is installed"
                  .formatted(
                      input.ref().name(), status.availableVersion(), status.installedVersion())));
    }
    return events;
  }

  private static void health(Assessment assessment, TaskServStatus status, List<Event> events) {
    for (MemberStatus member : status.servers()) {
      Optional<MemberStatus> old =
          Optional.ofNullable(assessment.remembered().members().get(member.name()));
      boolean was = old.filter(m -> m.phase() == MemberPhase.Unhealthy).isPresent();
      boolean is = member.phase() == MemberPhase.Unhealthy;
      if (is && !was) {
        String message =
            member.health().checks().stream()
                .filter(c -> !Boolean.TRUE.equals(c.ok()))
                .map(
                    c -> "check %s fails on %s: %s".formatted(c.name(), member.name(), c.message()))
                .findFirst()
                .orElse("a check fails on " + member.name());
        events.add(new Event(true, "Unhealthy", message));
      } else if (was && Phases.healthy(member)) {
        events.add(new Event(false, "Recovered", "all checks succeed again on " + member.name()));
      }
    }
  }

  private static boolean isNew(List<Condition> before, String type, String reason) {
    return Conditions.find(before, type).filter(c -> c.reason().equals(reason)).isEmpty();
  }
}
