package dev.provisioning.planning.server;

import dev.provisioning.api.Condition;
import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.server.FirstContact;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerUsage;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.spi.model.MachineState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Tells the story of a Server: intents first, then what is and what stands in the way. */
public final class ServerProjector implements Projector<ServerInput, ServerAction, ServerStatus> {

  @Override
  public Projection<ServerStatus> project(ServerInput input, Plan<ServerAction> plan) {
    ServerView view = ServerView.of(input);
    ServerStatus intended = Intents.record(input, view, plan, view.carried());
    ServerStatus told = told(input, view, plan, intended);
    List<Condition> conditions = ServerConditions.of(input, view, plan, told);
    ServerStatus status = told.with(b -> b.conditions(conditions));
    return new Projection<>(status, ServerEvents.of(input, view, plan, status));
  }

  private static ServerStatus told(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    return status.with(
        b ->
            b.observedGeneration(input.ref().generation())
                .phase(phase(input, view, plan))
                .firstContact(firstContact(input, view, plan, status))
                .plan(shown(input, view, plan))
                .cost(Costs.of(input, view, plan))
                .usage(usage(input, status))
                .drift(drift(input, view))
                .lastHandledReconcileAt(
                    input
                        .ref()
                        .annotation(ResourceRef.RECONCILE_REQUESTED_AT)
                        .orElse(status.lastHandledReconcileAt())));
  }

  private static List<dev.provisioning.api.DriftEntry> drift(ServerInput input, ServerView view) {
    return input.effective().known().map(server -> Drift.rows(view, server)).orElse(List.of());
  }

  /** Counted from the write on that holds the intent to have a machine. */
  private static ServerUsage usage(ServerInput input, ServerStatus status) {
    if (status.intent() == null && status.machine() == null) {
      return null;
    }
    return input.surroundings().counted().map(Footprint::told).orElse(status.usage());
  }

  private static FirstContact firstContact(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    FirstContact before = status.firstContact();
    boolean login = loggingIn(plan);
    boolean running =
        view.machine().filter(machine -> machine.state() == MachineState.RUNNING).isPresent();
    boolean begun =
        before != null && Integer.valueOf(view.incarnation()).equals(before.incarnation());
    if (!login || !running || begun) {
      return before;
    }
    Instant now = input.now().truncatedTo(ChronoUnit.SECONDS);
    return new FirstContact(now, null, null, view.incarnation());
  }

  private static PlanStatus shown(ServerInput input, ServerView view, Plan<ServerAction> plan) {
    if (plan.actions().isEmpty()) {
      return null;
    }
    boolean asks =
        input.effective().known().filter(server -> server.policy().requireApproval()).isPresent();
    return new PlanStatus(
        Approvals.hash(plan.actions(), input).value(),
        plan.actions().stream().map(ServerProjector::line).toList(),
        Costs.ofPlan(input, plan.actions()),
        asks ? Approvals.approved(plan.actions(), view) : null);
  }

  private static PlannedAction line(ServerAction action) {
    return new PlannedAction(
        action.name(),
        action.description(),
        action.destructive(),
        action.content().isEmpty() ? null : action.content());
  }

  private static boolean loggingIn(Plan<ServerAction> plan) {
    return plan.actions().stream().findFirst().filter(a -> Folded.login(a.key())).isPresent();
  }

  private static Phase phase(ServerInput input, ServerView view, Plan<ServerAction> plan) {
    if (input.ref().deleting()) {
      return Phase.Deleting;
    }
    boolean planOnly =
        input.effective().known().filter(server -> server.policy().planOnly()).isPresent();
    if (planOnly && !plan.isEmpty()) {
      return Phase.Planned;
    }
    Optional<MachineState> state = view.machine().map(machine -> machine.state());
    if (input.machines().known().isEmpty() && input.status().phase() != null) {
      return input.status().phase();
    }
    if (state.isEmpty()) {
      boolean making = !plan.front().isEmpty() || view.recorded().isPresent();
      boolean gone = view.absence() == ServerView.Absence.CERTAIN && plan.front().isEmpty();
      return making && !gone ? Phase.Creating : Phase.Pending;
    }
    boolean changing =
        plan.actions().stream().anyMatch(a -> a.onProvider()) && plan.front().size() > 0;
    return switch (state.get()) {
      case PENDING -> Phase.Booting;
      case RUNNING ->
          changing
              ? Phase.Updating
              : plan.isEmpty() && plan.blocker().isEmpty()
                  ? Phase.Ready
                  : loggingIn(plan) ? Phase.Booting : Phase.Updating;
      case STOPPING -> Phase.Stopping;
      case STOPPED -> changing ? Phase.Updating : Phase.Stopped;
      case DELETING -> Phase.Updating;
      case GONE, ERROR, UNKNOWN -> Phase.Pending;
    };
  }
}
