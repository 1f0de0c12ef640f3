package dev.provisioning.planning.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Small deterministic pieces of sentences. */
final class Texts {
  private Texts() {}

  static String tags(Map<String, String> tags) {
    return tags.isEmpty()
        ? "(none)"
        : new TreeMap<>(tags)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
  }
}
