package dev.provisioning.local;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes a machine and all that its create made; each part that is gone already is well gone. */
record MachineRemoval(Containers containers) {
  private static final Duration SOON = Duration.ofSeconds(2);

  /** The caller has checked that {@code machine}, where present, is the owner's. */
  void remove(MachineId id, Owner owner, Optional<Machine> machine, boolean keepStorage) {
    if (machine.isPresent()) {
      Failpoints.around("engine.remove", () -> removeContainer(id));
    }
    containers.records().forget(id.value());
    for (InspectVolumeResponse volume : abandoned(owner, machine)) {
      boolean data = Labels.DATA.equals(volume.getLabels().get(Labels.VOLUME_KIND));
      if (!data || !keepStorage) {
        containers.records().remove(volume.getName());
      }
    }
  }

  private void removeContainer(MachineId id) {
    EngineFailures.effect(
        "deleting machine " + id,
        () -> {
          try {
            containers
                .engine()
                .client()
                .removeContainerCmd(id.value())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
          } catch (NotFoundException e) {
            return;
          } catch (ConflictException e) {
            throw new ProviderException(
                new Failure.Transient("Busy", "machine " + id + " is being removed already", SOON),
                e);
          }
        });
  }

  /**
   * The owner's volumes whose machine is gone: those of the machine just deleted, those that a
   * crash left after an earlier delete of the same incarnation, and what earlier machines that
   * somebody else removed left behind, except for their data.
   */
  private List<InspectVolumeResponse> abandoned(Owner owner, Optional<Machine> deleted) {
    List<InspectVolumeResponse> volumes = new ArrayList<>();
    for (InspectVolumeResponse v : containers.records().volumes(Labels.UID + "=" + owner.uid())) {
      Map<String, String> labels = v.getLabels();
      String of = labels.get(Labels.MACHINE);
      if (of == null || !ofIncarnation(owner, labels)) {
        continue;
      }
      if (deleted.filter(m -> m.name().equals(of)).isPresent()
          || containers.inspect(of).isEmpty()) {
        volumes.add(v);
      }
    }
    return volumes;
  }

  private static boolean ofIncarnation(Owner owner, Map<String, String> labels) {
    int incarnation = Integer.parseInt(labels.get(Labels.INCARNATION));
    boolean earlier = incarnation < owner.incarnation();
    return incarnation == owner.incarnation()
        || earlier && Labels.NESTED.equals(labels.get(Labels.VOLUME_KIND));
  }
}
