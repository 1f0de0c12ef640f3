package dev.provisioning.planning.workspace;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workspace.Limits;
import dev.provisioning.api.workspace.Phase;
import dev.provisioning.api.workspace.ProviderStatus;
import dev.provisioning.api.workspace.Usage;
import dev.provisioning.api.workspace.WorkspaceStatus;
import dev.provisioning.api.workspace.WorkspaceStatusBuilder;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.CostSum;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells whether providers work, what is used, and why a deletion waits. */
public final class WorkspaceProjector
    implements Projector<WorkspaceInput, WorkspaceAction, WorkspaceStatus> {
  static final String PROVIDERS_READY = "ProvidersReady";
  static final String WITHIN_LIMITS = "WithinLimits";

  @Override
  public Projection<WorkspaceStatus> project(WorkspaceInput input, Plan<WorkspaceAction> plan) {
    List<Condition> conditions = new WorkspaceConditions(input, plan).all();
    WorkspaceStatus status =
        WorkspaceStatusBuilder.builder()
            .observedGeneration(input.ref().generation())
            .phase(phase(input, conditions))
            .conditions(conditions)
            .usage(usage(input))
            .providers(input.known().stream().map(fact -> provider(input, fact)).toList())
            .failures(WorkspacePlanner.failures(input).list())
            .lastHandledReconcileAt(
                input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null))
            .build();
    return new Projection<>(status, events(input, conditions));
  }

  private static Phase phase(WorkspaceInput input, List<Condition> conditions) {
    if (input.ref().deleting()) {
      return Phase.Deleting;
    }
    ConditionStatus providers = Conditions.find(conditions, PROVIDERS_READY).orElseThrow().status();
    return switch (providers) {
      case True -> holds(conditions, Conditions.READY) ? Phase.Ready : Phase.Pending;
      case Unknown -> Phase.Pending;
      case False -> Phase.Degraded;
    };
  }

  private static Usage usage(WorkspaceInput input) {
    Amounts uses = input.uses();
    Limits limits = Presets.limits(input.spec());
    boolean priced = uses.monthlyCost().signum() > 0;
    return new Usage(
        uses.servers(),
        uses.cores(),
        uses.memoryGb(),
        uses.storageGb(),
        priced ? CostSum.monthly(uses.monthlyCost()) : null,
        priced ? limits.currency() : null);
  }

  /** The time changes only with what is said, so that nothing is written while nothing happens. */
  private static ProviderStatus provider(WorkspaceInput input, WorkspaceInput.ProviderFact fact) {
    ProviderStatus said =
        fact.probe()
            .map(
                probe ->
                    new ProviderStatus(
                        fact.name(),
                        probe.ready(),
                        probe.reason(),
                        probe.message(),
                        fact.capabilities(),
                        null))
            .orElseGet(
                () -> new ProviderStatus(fact.name(), null, "Checking", null, List.of(), null));
    return input.status().stream()
        .flatMap(status -> status.providers().stream())
        .filter(old -> old.withLastChecked(null).equals(said))
        .findFirst()
        .orElseGet(() -> said.withLastChecked(input.now().truncatedTo(ChronoUnit.SECONDS)));
  }

  private static List<Projection.Event> events(WorkspaceInput input, List<Condition> conditions) {
    List<Condition> before = input.status().map(WorkspaceStatus::conditions).orElse(List.of());
    List<Projection.Event> events = new ArrayList<>();
    fallen(before, conditions, PROVIDERS_READY)
        .ifPresent(c -> events.add(new Projection.Event(true, "ProviderFailed", c.message())));
    fallen(before, conditions, WITHIN_LIMITS)
        .ifPresent(c -> events.add(new Projection.Event(true, "LimitExceeded", c.message())));
    boolean newlyReady = holds(conditions, Conditions.READY) && !holds(before, Conditions.READY);
    if (newlyReady) {
      String message = Conditions.find(conditions, Conditions.READY).orElseThrow().message();
      events.add(new Projection.Event(false, "Ready", message));
    }
    return events;
  }

  private static Optional<Condition> fallen(
      List<Condition> before, List<Condition> now, String type) {
    return Conditions.find(now, type)
        .filter(c -> c.status() == ConditionStatus.False)
        .filter(
            c ->
                Conditions.find(before, type)
                    .filter(old -> old.message().equals(c.message()))
                    .isEmpty());
  }

  private static boolean holds(List<Condition> conditions, String type) {
    return Conditions.find(conditions, type)
        .filter(c -> c.status() == ConditionStatus.True)
        .isPresent();
  }
}
