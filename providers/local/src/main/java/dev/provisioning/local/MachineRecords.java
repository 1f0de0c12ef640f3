package dev.provisioning.local;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be changeable on a container whose labels are not: its owner after claim or release,
 * its user tags, the nominal size of a volume. Each fact is an empty volume that carries it in its
 * labels, named {@code provisioning-<kind>-<container id, 24 digits>-<generation>}; the highest
 * generation holds.
 *
 * <p>Making a volume whose name is taken gives back the one that is there, so two writers of the
 * same generation are told which of them won.
 */
final class MachineRecords {
  static final String OWNER = "owner";
  static final String TAGS = "tags";
  static final String SIZES = "sizes";

  private static final int ID_DIGITS = 24;

  private final Engine engine;

  MachineRecords(Engine engine) {
    this.engine = engine;
  }

  /** All records of all machines, by one call: container id to kind to labels. */
  record Snapshot(Map<String, Map<String, Entry>> byContainer) {
    Optional<Map<String, String>> get(String containerId, String kind) {
      return Optional.ofNullable(byContainer.getOrDefault(containerId, Map.of()).get(kind))
          .map(Entry::labels);
    }

    private long generation(String containerId, String kind) {
      Entry entry = byContainer.getOrDefault(containerId, Map.of()).get(kind);
      return entry == null ? 0 : entry.generation();
    }
  }

  record Entry(long generation, Map<String, String> labels) {}

  Snapshot read() {
    Map<String, Map<String, Entry>> all = new HashMap<>();
    for (InspectVolumeResponse volume : volumes(Labels.RECORD_OF)) {
      String[] parts = volume.getName().split("-");
      long generation = Long.parseLong(parts[parts.length - 1]);
      all.computeIfAbsent(volume.getLabels().get(Labels.RECORD_OF), id -> new HashMap<>())
          .merge(
              parts[1],
              new Entry(generation, volume.getLabels()),
              (a, b) -> a.generation() > b.generation() ? a : b);
    }
    return new Snapshot(all);
  }

  /**
   * Writes the generation after the one that {@code seen} holds; decide on the same snapshot, or a
   * record written in between is overruled unseen.
   *
   * @return the labels that stand: ours, or those of a writer who was faster
   */
  Map<String, String> write(Snapshot seen, String id, String kind, Map<String, String> labels) {
    String stem = "provisioning-" + kind + "-" + id.substring(0, ID_DIGITS) + "-";
    String name = stem + (seen.generation(id, kind) + 1);
    Map<String, String> all = new HashMap<>(labels);
    all.put(Labels.RECORD_OF, id);
    EngineFailures.effect(
        "recording the " + kind + " of machine " + id,
        () -> engine.client().createVolumeCmd().withName(name).withLabels(all).exec());
    if (seen.generation(id, kind) > 0) {
      remove(stem + seen.generation(id, kind));
    }
    return read().get(id, kind).orElse(Map.of());
  }

  /** Removes all records of a machine; what is absent is well removed. */
  void forget(String id) {
    volumes(Labels.RECORD_OF + "=" + id).stream()
        .map(InspectVolumeResponse::getName)
        .sorted(Comparator.naturalOrder())
        .forEach(this::remove);
  }

  /** Volumes with this label or {@code label=value}. */
  List<InspectVolumeResponse> volumes(String label) {
    return EngineFailures.read(
        "listing volumes",
        () -> {
          List<InspectVolumeResponse> found =
              engine
                  .client()
                  .listVolumesCmd()
                  .withFilter("label", List.of(label))
                  .exec()
                  .getVolumes();
          return found == null ? List.of() : found;
        });
  }

  void remove(String volume) {
    EngineFailures.effect(
        "removing volume " + volume,
        () -> {
          try {
            engine.client().removeVolumeCmd(volume).exec();
          } catch (NotFoundException e) {
            return;
          }
        });
  }
}
