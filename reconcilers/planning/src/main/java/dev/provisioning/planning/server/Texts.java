package dev.provisioning.planning.server;

import dev.provisioning.spi.model.MachineId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Small deterministic pieces of sentences. */
final class Texts {
  private Texts() {}

  /** Engines tell containers apart by the first twelve digits, and so do people. */
  static String id(MachineId id) {
    return id.value().matches("[0-9a-f]{64}") ? id.value().substring(0, 12) : id.value();
  }

  static String tags(Map<String, String> tags) {
    return tags.isEmpty()
        ? "(none)"
        : new TreeMap<>(tags)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
  }
}
