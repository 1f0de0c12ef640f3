package dev.provisioning.local;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Volume;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads containers as machines: what labels, records and the engine's state amount to. */
record Containers(Engine engine, InstantSource clock) {
  static final String ZONE = "local";

  /**
   * Machines whose label, or whose owner record, says this; a released one is not among them.
   *
   * @param label name and value of an ownership tag
   */
  List<Machine> withOwner(String label, String value, Predicate<Owner> wanted) {
    MachineRecords.Snapshot records = records().read();
    Set<String> ids = new LinkedHashSet<>(labelled(label + "=" + value));
    records
        .byContainer()
        .forEach(
            (id, kinds) -> {
              MachineRecords.Entry entry = kinds.get(MachineRecords.OWNER);
              if (entry != null && value.equals(entry.labels().get(label))) {
                ids.add(id);
              }
            });
    return ids.stream()
        .flatMap(id -> read(id, records).stream())
        .filter(machine -> machine.owner().filter(wanted).isPresent())
        .toList();
  }

  Optional<Machine> read(String id) {
    return read(id, records().read());
  }

  /** Reads with the records of an earlier moment. */
  Optional<Machine> read(String id, MachineRecords.Snapshot records) {
    return inspect(id).map(container -> machine(container, records));
  }

  Optional<InspectContainerResponse> inspect(String idOrName) {
    return EngineFailures.find(
        "reading machine " + idOrName, () -> engine.client().inspectContainerCmd(idOrName).exec());
  }

  MachineRecords records() {
    return new MachineRecords(engine);
  }

  private Collection<String> labelled(String label) {
    List<Container> containers =
        EngineFailures.read(
            "listing machines",
            () ->
                engine
                    .client()
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(List.of(label))
                    .exec());
    return containers.stream().map(Container::getId).toList();
  }

  Machine machine(InspectContainerResponse container, MachineRecords.Snapshot records) {
    Map<String, String> labels = labels(container);
    Optional<Map<String, String>> ownerRecord =
        records.get(container.getId(), MachineRecords.OWNER);
    Optional<Owner> owner = Owner.fromTags(ownerRecord.orElse(labels));
    return new Machine(
        new MachineId(container.getId()),
        name(container),
        owner,
        owner.flatMap(o -> key(labels)),
        state(container),
        reason(container),
        Size.planOf(container.getHostConfig().getNanoCPUs(), container.getHostConfig().getMemory()),
        labels.getOrDefault(Labels.IMAGE, container.getConfig().getImage()),
        labels.getOrDefault(Labels.ZONE, ZONE),
        addresses(container),
        volumes(container, records),
        Optional.empty(),
        tags(container, records),
        instant(container.getCreated()),
        clock.instant());
  }

  static String name(InspectContainerResponse container) {
    return container.getName().replaceFirst("^/", "");
  }

  static Map<String, String> labels(InspectContainerResponse container) {
    Map<String, String> labels = container.getConfig().getLabels();
    return labels == null ? Map.of() : labels;
  }

  static Optional<IdempotencyKey> key(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(Labels.KEY))
        .filter(key -> key.matches("[0-9a-f]{32}"))
        .map(IdempotencyKey::new);
  }

  /** The table of rule P10; {@code created} is half-made, the next create completes it. */
  static MachineState state(String engineState) {
    return switch (engineState) {
      case "created", "restarting", "configured", "initialized" -> MachineState.PENDING;
      case "running" -> MachineState.RUNNING;
      case "stopping" -> MachineState.STOPPING;
      case "exited", "paused", "stopped" -> MachineState.STOPPED;
      case "removing" -> MachineState.DELETING;
      case "dead" -> MachineState.ERROR;
      default -> MachineState.UNKNOWN;
    };
  }

  private static MachineState state(InspectContainerResponse container) {
    return state(String.valueOf(container.getState().getStatus()));
  }

  private static String reason(InspectContainerResponse container) {
    if ("created".equals(container.getState().getStatus())) {
      return Machine.HALF_MADE;
    }
    return Boolean.TRUE.equals(container.getState().getOOMKilled()) ? "OutOfMemory" : "";
  }

  /** The bridge address, which may differ after each start; none while stopped. */
  private static List<Address> addresses(InspectContainerResponse container) {
    List<Address> addresses = new ArrayList<>();
    Map<String, ContainerNetwork> networks = container.getNetworkSettings().getNetworks();
    for (ContainerNetwork network : networks.values()) {
      if (network.getIpAddress() != null && !network.getIpAddress().isBlank()) {
        addresses.add(new Address(Address.Type.PRIVATE_IPV4, network.getIpAddress()));
      }
    }
    return addresses;
  }

  private List<Volume> volumes(
      InspectContainerResponse container, MachineRecords.Snapshot records) {
    if (labels(container).get(Labels.KEY) == null) {
      return List.of();
    }
    Map<String, String> grown =
        records.get(container.getId(), MachineRecords.SIZES).orElse(Map.of());
    return records().volumes(Labels.MACHINE + "=" + name(container)).stream()
        .map(InspectVolumeResponse::getLabels)
        .filter(labels -> Labels.DATA.equals(labels.get(Labels.VOLUME_KIND)))
        .map(labels -> volume(container, labels, grown))
        .toList();
  }

  private static Volume volume(
      InspectContainerResponse container, Map<String, String> labels, Map<String, String> grown) {
    String volume = labels.get(Labels.VOLUME_NAME);
    String size = grown.getOrDefault(Labels.TAG + volume, labels.get(Labels.VOLUME_SIZE));
    return new Volume(name(container) + "-data-" + volume, volume, Integer.parseInt(size));
  }

  private static Map<String, String> tags(
      InspectContainerResponse container, MachineRecords.Snapshot records) {
    Map<String, String> tags = new HashMap<>();
    records
        .get(container.getId(), MachineRecords.TAGS)
        .orElseGet(() -> labels(container))
        .forEach(
            (label, value) -> {
              if (label.startsWith(Labels.TAG)) {
                tags.put(label.substring(Labels.TAG.length()), value);
              }
            });
    return tags;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalStateException("the engine writes RFC 3339: " + text, e);
    }
  }
}
