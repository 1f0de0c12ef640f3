package dev.provisioning.planning.server;

import dev.provisioning.api.DriftEntry;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.server.ServerPlanner.Steps;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.spi.model.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A machine is there: what must change about it, in place or by replacing it. */
final class ChangePlanner {
  private static final Duration STOPPED_RECHECK = Duration.ofSeconds(30);

  private final ServerInput input;
  private final ServerView view;
  private final EffectiveServer server;
  private final Machine machine;
  private final ServerInput.Provider provider;
  private final List<DriftEntry> drift;

  private ChangePlanner(ServerInput input, ServerView view, EffectiveServer server) {
    this.input = input;
    this.view = view;
    this.server = server;
    this.machine = view.machine().orElseThrow();
    this.provider = input.provider().known().orElseThrow();
    this.drift =
        server.policy().drift().mode() == DriftMode.Correct ? Drift.rows(view, server) : List.of();
  }

  static Steps plan(ServerInput input, ServerView view, EffectiveServer server) {
    if (server.policy().observeOnly()) {
      return Steps.of(List.of());
    }
    return new ChangePlanner(input, view, server).steps();
  }

  private Steps steps() {
    Optional<String> replace = Immutables.changed(view, server, provider);
    if (replace.isPresent()) {
      return Steps.of(List.of(replacement(replace.get())));
    }
    Optional<Failure> refused = unsupported();
    if (refused.isPresent()) {
      return Steps.waiting(refused.get(), Duration.ofSeconds(60));
    }
    List<ServerAction> logins = ContactPlanner.next(input, view, server);
    List<ServerAction> actions = new ArrayList<>(changes());
    if (actions.isEmpty() && !logins.isEmpty()) {
      Optional<Failure> problem = ContactPlanner.problem(input, server);
      if (problem.isPresent()) {
        return new Steps(logins, problem, Optional.of(Duration.ofSeconds(10)));
      }
    }
    actions.addAll(logins);
    Steps steps = Steps.of(actions);
    return actions.isEmpty() && stoppedByOthers()
        ? steps.blockedBy(stopped(), STOPPED_RECHECK)
        : steps;
  }

  private boolean stoppedByOthers() {
    return machine.state() == MachineState.STOPPED
        && server.policy().powerState() == PowerState.Running;
  }

  private Failure stopped() {
    return new Failure.Permanent(
        "MachineStopped",
        ("machine %s was stopped outside the operator; start it there, or set spec.drift.mode:"
                + " Correct to have it started")
            .formatted(machine.id()));
  }

  private ServerAction replacement(String why) {
    ServerAction wish =
        new ServerAction.ReplaceMachine(
            machine.id(), "replace machine %s: %s".formatted(machine.id(), why));
    Optional<DestroyGrant> grant =
        DestroyGrant.fromApprovedReplace(input.ref(), PlanHash.of(List.of(wish)));
    return grant
        .<ServerAction>map(
            g ->
                new ServerAction.DeleteMachine(
                    g,
                    machine.id(),
                    incarnationOf(machine),
                    server.policy().keepStorage(),
                    Optional.of(why)))
        .orElse(wish);
  }

  private Optional<Failure> unsupported() {
    if (!provider.capabilities().power() && server.policy().powerState() == PowerState.Stopped) {
      return Optional.of(
          new Failure.Invalid(
              "PowerUnsupported",
              "spec.powerState: provider %s switches no machine off; set Running"
                  .formatted(provider.name())));
    }
    return Optional.empty();
  }

  private List<ServerAction> changes() {
    List<ServerAction> changes = new ArrayList<>(tags());
    firewall().ifPresent(changes::add);
    changes.addAll(volumes());
    changes.addAll(resize());
    if (changes.stream().noneMatch(action -> action.name().equals("StartMachine"))) {
      power().ifPresent(changes::add);
    }
    return changes;
  }

  private List<ServerAction> tags() {
    AppliedState applied = view.carried().applied();
    boolean wished =
        applied != null && !applied.tags().equals(server.tags()) || view.changing("tags");
    boolean drifted = drifted(Drift.TAGS);
    if (!wished && !drifted || machine.tags().equals(server.tags())) {
      return List.of();
    }
    return List.of(
        change(new Change.SetTags(server.tags()), "set the tags " + Texts.tags(server.tags())));
  }

  private Optional<ServerAction> firewall() {
    List<NetworkRequest.FirewallRule> rules = server.network().firewall();
    AppliedState applied = view.carried().applied();
    if (!provider.capabilities().firewall() || applied == null) {
      return Optional.empty();
    }
    String wanted = NetworkRequest.firewallHash(rules);
    boolean wished =
        applied.firewallHash() != null && !wanted.equals(applied.firewallHash())
            || view.changing("firewall");
    boolean there = machine.firewallHash().filter(wanted::equals).isPresent();
    return (wished || drifted(Drift.FIREWALL)) && !there
        ? Optional.of(
            change(
                new Change.SetFirewall(rules),
                "let %d firewall rule(s) through".formatted(rules.size())))
        : Optional.empty();
  }

  private List<ServerAction> volumes() {
    if (!provider.capabilities().volumes()) {
      return List.of();
    }
    List<ServerAction> changes = new ArrayList<>();
    for (StorageRequest.Disk disk : server.storage().disks()) {
      Optional<Volume> there =
          machine.volumes().stream().filter(v -> v.name().equals(disk.name())).findFirst();
      if (there.isEmpty()) {
        changes.add(
            change(
                new Change.AddVolume(disk),
                "add volume %s of %d GB".formatted(disk.name(), disk.sizeGb())));
      } else if (there.get().sizeGb() < disk.sizeGb()) {
        changes.add(
            change(
                new Change.GrowVolume(disk.name(), disk.sizeGb()),
                "grow volume %s from %d to %d GB"
                    .formatted(disk.name(), there.get().sizeGb(), disk.sizeGb())));
      }
    }
    return changes;
  }

  private List<ServerAction> resize() {
    Optional<String> target = Sizes.target(input, view, server, drifted(Drift.PLAN));
    if (target.isEmpty()) {
      return List.of();
    }
    ServerAction resize =
        change(
            new Change.Resize(target.get()),
            "resize from plan %s to %s".formatted(machine.plan(), target.get()));
    if (provider.capabilities().resize() != ResizeMode.STOPPED) {
      return List.of(resize);
    }
    List<ServerAction> changes = new ArrayList<>();
    if (machine.state() == MachineState.RUNNING) {
      changes.add(change(new Change.Power(false), "stop the machine, to resize it"));
    }
    changes.add(resize);
    if (server.policy().powerState() == PowerState.Running) {
      changes.add(change(new Change.Power(true), "start the machine"));
    }
    return changes;
  }

  private Optional<ServerAction> power() {
    boolean on = server.policy().powerState() == PowerState.Running;
    boolean there = on == (machine.state() == MachineState.RUNNING);
    AppliedState applied = view.carried().applied();
    boolean wished =
        applied == null
            || applied.powerState() != server.policy().powerState()
            || view.changing("powerState");
    return there || !provider.capabilities().power() || !wished && !drifted(Drift.POWER)
        ? Optional.empty()
        : Optional.of(change(new Change.Power(on), on ? "start the machine" : "stop the machine"));
  }

  private boolean drifted(String field) {
    return drift.stream().anyMatch(row -> row.field().startsWith(field));
  }

  private ServerAction change(Change change, String description) {
    return new ServerAction.ChangeMachine(
        machine.id(), incarnationOf(machine), change, description, input.ref().generation());
  }

  private int incarnationOf(Machine found) {
    return found.owner().map(owner -> owner.incarnation()).orElse(view.incarnation());
  }
}
