package dev.provisioning.planning.workspace;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workspace.WorkspaceStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Probe;
import java.util.List;
import java.util.Optional;

/** Ready, ProvidersReady, WithinLimits; Reconciling, Stalled and Suspended while True. */
final class WorkspaceConditions {
  private final WorkspaceInput input;
  private final Plan<WorkspaceAction> plan;
  private final Conditions conditions;
  private final List<WorkspaceInput.ProviderFact> providers;

  WorkspaceConditions(WorkspaceInput input, Plan<WorkspaceAction> plan) {
    this.input = input;
    this.plan = plan;
    this.providers = input.known();
    this.conditions =
        new Conditions(
            input.status().map(WorkspaceStatus::conditions).orElse(List.of()),
            input.ref().generation(),
            input.now());
  }

  List<Condition> all() {
    boolean suspended = Boolean.TRUE.equals(input.spec().suspend());
    ready(suspended);
    providers();
    limits();
    if (suspended) {
      conditions.set(Conditions.SUSPENDED, true, "Suspended", "spec.suspend is true");
    }
    return conditions.list();
  }

  private void ready(boolean suspended) {
    Optional<Failure> blocker = plan.blocker();
    if (blocker.isPresent()) {
      blocked(blocker.get());
    } else if (!plan.isEmpty()) {
      WorkspaceAction next = plan.actions().getFirst();
      notReady(next.name(), next.description(), false);
    } else if (broken().isPresent()) {
      WorkspaceInput.ProviderFact fact = broken().get();
      notReady("ProviderFailed", sentence(fact) + "; checked again in 30 s", false);
    } else if (unanswered()) {
      notReady("CheckingProviders", "waiting for the first answers of the providers", false);
    } else if (suspended) {
      conditions.set(Conditions.READY, true, "Suspended", "spec.suspend is true");
    } else {
      conditions.set(
          Conditions.READY,
          true,
          "WorkspaceReady",
          "%d provider(s) ready".formatted(providers.size()));
    }
  }

  private void blocked(Failure why) {
    if (why.reason().equals(WorkspacePlanner.SUSPENDED)) {
      conditions.set(Conditions.READY, false, why.reason(), why.message());
    } else {
      boolean stalled = FailurePolicy.of(why, 1, input.ref().uid()).stalled();
      notReady(why.reason(), why.message(), stalled);
    }
  }

  private void notReady(String reason, String message, boolean stalled) {
    conditions.set(Conditions.READY, false, reason, message);
    conditions.set(stalled ? Conditions.STALLED : Conditions.RECONCILING, true, reason, message);
  }

  private void providers() {
    if (providers.isEmpty()) {
      conditions.set(
          WorkspaceProjector.PROVIDERS_READY, true, "NoProviders", "the Workspace names none");
    } else if (broken().isPresent()) {
      WorkspaceInput.ProviderFact fact = broken().get();
      conditions.set(
          WorkspaceProjector.PROVIDERS_READY,
          false,
          fact.probe().map(Probe::reason).orElseThrow(),
          sentence(fact));
    } else if (unanswered()) {
      conditions.set(
          WorkspaceProjector.PROVIDERS_READY,
          ConditionStatus.Unknown,
          "CheckingProviders",
          "waiting for the first answers of the providers");
    } else {
      conditions.set(
          WorkspaceProjector.PROVIDERS_READY,
          true,
          "ProvidersReady",
          "all providers answer: "
              + String.join(", ", providers.stream().map(p -> p.name()).toList()));
    }
  }

  private void limits() {
    Optional<String> exceeded =
        new QuotaCheck(input.ref().name(), Presets.limits(input.spec()), input.uses(), Amounts.NONE)
            .exceeded();
    conditions.set(
        WorkspaceProjector.WITHIN_LIMITS,
        exceeded.isEmpty(),
        exceeded.isEmpty() ? "WithinLimits" : "LimitExceeded",
        exceeded.orElse("usage is within the limits"));
  }

  private Optional<WorkspaceInput.ProviderFact> broken() {
    return providers.stream().filter(WorkspaceInput.ProviderFact::broken).findFirst();
  }

  private boolean unanswered() {
    return providers.stream().anyMatch(fact -> fact.probe().isEmpty());
  }

  /** Most failures name their provider themselves. */
  private static String sentence(WorkspaceInput.ProviderFact fact) {
    String said = fact.probe().map(Probe::message).orElse("");
    String prefix = "provider " + fact.name();
    return said.startsWith(prefix) ? said : prefix + ": " + said;
  }
}
