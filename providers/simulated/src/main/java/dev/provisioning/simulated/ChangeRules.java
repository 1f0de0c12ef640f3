package dev.provisioning.simulated;

import dev.provisioning.simulated.SimulatedMachine.Phase;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.UserTags;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.spi.model.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a change makes of a machine; the very same instance when the change already holds. */
record ChangeRules(SimulatedSettings settings, Instant now) {
  private static final Duration BUSY = Duration.ofSeconds(5);

  SimulatedMachine apply(SimulatedMachine machine, Change change) {
    return switch (change) {
      case Change.Power power -> power(machine, power.on());
      case Change.Resize resize -> resize(machine, resize.plan());
      case Change.GrowVolume grow -> grow(machine, grow);
      case Change.AddVolume add -> add(machine, add.disk());
      case Change.SetFirewall firewall ->
          machine.firewall().equals(firewall.rules())
              ? machine
              : machine.withFirewall(firewall.rules());
      case Change.SetTags tags -> tags(machine, tags.tags());
    };
  }

  private SimulatedMachine power(SimulatedMachine machine, boolean on) {
    if (machine.phase() == Phase.FAILED) {
      throw new ProviderException(
          new Failure.Permanent("LaunchFailed", "machine " + machine.id() + " never ran"));
    }
    if (machine.on() == on) {
      return machine;
    }
    return on
        ? machine.in(Phase.STARTING, now.plus(settings.bootLag()), "")
        : machine.in(Phase.STOPPING, now.plus(settings.stopLag()), "");
  }

  private SimulatedMachine resize(SimulatedMachine machine, String plan) {
    requirePlan(plan);
    if (machine.plan().equals(plan)) {
      return machine;
    }
    boolean stopped = machine.state(now) == MachineState.STOPPED;
    return switch (settings.resize()) {
      case LIVE -> machine.withPlan(plan);
      case STOPPED -> {
        if (!stopped) {
          throw new ProviderException(
              new Failure.Transient(
                  "Busy", "machine " + machine.id() + " must be stopped to change its plan", BUSY));
        }
        yield machine.withPlan(plan);
      }
      case NONE ->
          throw invalid("ResizeUnsupported", "spec.plan: this provider resizes no machine");
    };
  }

  private static SimulatedMachine grow(SimulatedMachine machine, Change.GrowVolume grow) {
    Volume old =
        volume(machine, grow.volumeName())
            .orElseThrow(
                () ->
                    invalid(
                        "VolumeNotFound",
                        "spec.storage.volumes: machine has no volume " + grow.volumeName()));
    if (old.sizeGb() > grow.sizeGb()) {
      throw invalid(
          "VolumeShrinks",
          "spec.storage.volumes: volume %s has %d GB and cannot shrink to %d GB"
              .formatted(old.name(), old.sizeGb(), grow.sizeGb()));
    }
    if (old.sizeGb() == grow.sizeGb()) {
      return machine;
    }
    Volume grown = new Volume(old.id(), old.name(), grow.sizeGb());
    List<Volume> volumes = new ArrayList<>(machine.volumes());
    volumes.set(volumes.indexOf(old), grown);
    return machine.withVolumes(volumes);
  }

  private static SimulatedMachine add(SimulatedMachine machine, StorageRequest.Disk disk) {
    if (volume(machine, disk.name()).isPresent()) {
      return machine;
    }
    List<Volume> volumes = new ArrayList<>(machine.volumes());
    volumes.add(new Volume(machine.id() + "-" + disk.name(), disk.name(), disk.sizeGb()));
    return machine.withVolumes(volumes);
  }

  private static SimulatedMachine tags(SimulatedMachine machine, Map<String, String> tags) {
    UserTags.require(tags);
    return machine.tags().equals(tags) ? machine : machine.withTags(tags);
  }

  static void requirePlan(String plan) {
    if (SimulatedCatalog.plan(plan).isEmpty()) {
      throw invalid(
          "PlanNotFound",
          "spec.plan: the provider has no plan %s; it has %s"
              .formatted(
                  plan,
                  SimulatedCatalog.CATALOG.plans().stream()
                      .map(Catalog.Plan::name)
                      .collect(Collectors.joining(", "))));
    }
  }

  static ProviderException invalid(String reason, String message) {
    return new ProviderException(new Failure.Invalid(reason, message));
  }

  private static Optional<Volume> volume(SimulatedMachine machine, String name) {
    return machine.volumes().stream().filter(v -> v.name().equals(name)).findFirst();
  }
}
