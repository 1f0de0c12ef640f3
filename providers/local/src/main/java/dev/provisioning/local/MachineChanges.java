package dev.provisioning.local;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.UserTags;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Volume;
import java.util.HashMap;
import java.util.Map;

/** Makes one change so on one container; what already holds is left alone. */
record MachineChanges(Engine engine, MachineRecords records, int stopSeconds) {
  void apply(Machine machine, Change change) {
    switch (change) {
      case Change.Power power -> power(machine, power.on());
      case Change.Resize resize -> resize(machine, resize.plan());
      case Change.GrowVolume grow -> grow(machine, grow);
      case Change.AddVolume add -> add(machine, add.disk().name());
      case Change.SetFirewall firewall ->
          throw invalid(
              "FirewallUnsupported", "spec.network.firewall: provider local has no firewall");
      case Change.SetTags tags -> tag(machine, tags.tags());
    }
  }

  private void power(Machine machine, boolean on) {
    String id = machine.id().value();
    if (on && machine.state() != MachineState.RUNNING) {
      EngineFailures.effect(
          "starting machine " + machine.name(),
          () -> {
            if (paused(id)) {
              engine.client().unpauseContainerCmd(id).exec();
            } else {
              engine.client().startContainerCmd(id).exec();
            }
          });
    }
    if (!on && machine.state() != MachineState.STOPPED) {
      EngineFailures.effect(
          "stopping machine " + machine.name(),
          () -> engine.client().stopContainerCmd(id).withTimeout(stopSeconds).exec());
    }
  }

  private boolean paused(String id) {
    return Boolean.TRUE.equals(
        engine.client().inspectContainerCmd(id).exec().getState().getPaused());
  }

  private void resize(Machine machine, String plan) {
    Size size = Size.of(plan);
    if (machine.plan().equals(plan)) {
      return;
    }
    requireFits(engine, plan);
    EngineFailures.effect(
        "resizing machine " + machine.name(),
        () ->
            engine
                .client()
                .updateContainerCmd(machine.id().value())
                .withNanoCPUs(size.nanoCpus())
                .withMemory(size.memoryBytes())
                .withMemorySwap(size.memoryBytes())
                .exec());
  }

  private void grow(Machine machine, Change.GrowVolume grow) {
    Volume volume =
        machine.volumes().stream()
            .filter(v -> v.name().equals(grow.volumeName()))
            .findFirst()
            .orElseThrow(
                () ->
                    invalid(
                        "VolumeNotFound",
                        "spec.storage.volumes: the machine has no volume " + grow.volumeName()));
    if (volume.sizeGb() > grow.sizeGb()) {
      throw invalid(
          "VolumeShrinks",
          "spec.storage.volumes: volume %s has %d GB and cannot shrink to %d GB"
              .formatted(volume.name(), volume.sizeGb(), grow.sizeGb()));
    }
    if (volume.sizeGb() < grow.sizeGb()) {
      MachineRecords.Snapshot seen = records.read();
      Map<String, String> sizes = new HashMap<>();
      machine
          .volumes()
          .forEach(v -> sizes.put(Labels.TAG + v.name(), Integer.toString(v.sizeGb())));
      sizes.put(Labels.TAG + volume.name(), Integer.toString(grow.sizeGb()));
      records.write(seen, machine.id().value(), MachineRecords.SIZES, sizes);
    }
  }

  private static void add(Machine machine, String name) {
    if (machine.volumes().stream().noneMatch(v -> v.name().equals(name))) {
      throw invalid(
          "VolumeNeedsNewMachine",
          "spec.storage.volumes: provider local mounts volumes only when it makes a machine; "
              + name
              + " needs a new one");
    }
  }

  private void tag(Machine machine, Map<String, String> tags) {
    if (machine.tags().equals(tags)) {
      return;
    }
    UserTags.require(tags);
    Map<String, String> labels = new HashMap<>();
    tags.forEach((tag, value) -> labels.put(Labels.TAG + tag, value));
    records.write(records.read(), machine.id().value(), MachineRecords.TAGS, labels);
  }

  /** The engine refuses more cores than it has, with a sentence about CPUs that names no field. */
  static void requireFits(Engine engine, String plan) {
    if (Size.of(plan).cores() > engine.cores()) {
      throw invalid(
          "PlanTooLarge",
          "spec.plan: %s has more cores than this computer's %d".formatted(plan, engine.cores()));
    }
  }

  private static ProviderException invalid(String reason, String message) {
    return new ProviderException(new Failure.Invalid(reason, message));
  }
}
