package dev.provisioning.planning.server;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is worth an Event: few in good times, each trouble once. */
final class ServerEvents {
  private ServerEvents() {}

  static List<Projection.Event> of(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    List<Projection.Event> events = new ArrayList<>();
    input
        .ledger()
        .finished()
        .forEach(
            (key, outcome) -> {
              if (outcome instanceof Ledger.Failed failed && isNews(input, key, failed)) {
                events.add(
                    new Projection.Event(
                        true, failed.failure().reason(), key + ": " + failed.failure().message()));
              }
            });
    List<Condition> before = input.status().conditions();
    turned(before, status, Conditions.READY)
        .filter(ready -> ready.status() == ConditionStatus.True)
        .ifPresent(
            ready -> events.add(new Projection.Event(false, ready.reason(), ready.message())));
    newReason(before, status, Conditions.STALLED)
        .ifPresent(
            stalled -> events.add(new Projection.Event(true, stalled.reason(), stalled.message())));
    plan.front().stream()
        .filter(action -> action.onProvider() && view.machine().isPresent())
        .filter(action -> !input.ledger().isRunning(action.key()))
        .forEach(
            action -> events.add(new Projection.Event(false, action.name(), action.description())));
    return events;
  }

  private static boolean isNews(ServerInput input, String key, Ledger.Failed failed) {
    return input.status().failures().stream()
        .noneMatch(f -> f.action().equals(key) && f.reason().equals(failed.failure().reason()));
  }

  private static Optional<Condition> turned(
      List<Condition> before, ServerStatus status, String type) {
    Optional<Condition> now = Conditions.find(status.conditions(), type);
    Optional<Condition> old = Conditions.find(before, type);
    return now.filter(n -> old.filter(o -> o.status() == n.status()).isEmpty());
  }

  private static Optional<Condition> newReason(
      List<Condition> before, ServerStatus status, String type) {
    Optional<Condition> now = Conditions.find(status.conditions(), type);
    Optional<Condition> old = Conditions.find(before, type);
    return now.filter(n -> old.filter(o -> o.reason().equals(n.reason())).isEmpty());
  }
}
