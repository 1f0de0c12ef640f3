package dev.provisioning.planning.server;

import dev.provisioning.api.DriftEntry;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.spi.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What brings a machine to what is wanted while it goes on being the same machine. A field is
 * changed when the spec changed it, or when somebody else did and drift is to be corrected.
 */
final class InPlaceChanges {
  private final ServerInput input;
  private final ServerView view;
  private final EffectiveServer server;
  private final Machine machine;
  private final ServerInput.Provider provider;
  private final List<DriftEntry> drift;

  private InPlaceChanges(ServerInput input, ServerView view, EffectiveServer server) {
    this.input = input;
    this.view = view;
    this.server = server;
    this.machine = view.machine().orElseThrow();
    this.provider = input.provider().known().orElseThrow();
    this.drift =
        server.policy().drift().mode() == DriftMode.Correct ? Drift.rows(view, server) : List.of();
  }

  /** In the order in which they are made. There must be a machine, and its provider be known. */
  static List<ServerAction> of(ServerInput input, ServerView view, EffectiveServer server) {
    return new InPlaceChanges(input, view, server).changes();
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
    AppliedState applied = view.applied();
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
    AppliedState applied = view.applied();
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
    AppliedState applied = view.applied();
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
        machine.id(), view.incarnationOf(machine), change, description, input.ref().generation());
  }
}
