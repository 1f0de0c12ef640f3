package dev.provisioning.planning.taskserv;

import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.spi.model.HostDrift;
import java.util.Comparator;
import java.util.List;

/** What changed on machines behind our back, without what the spec ignores. */
final class Drifts {
  private Drifts() {}

  static List<HostDrift> of(TaskServInput input, Resolution resolution, String server) {
    DriftPolicy policy = resolution.effective().spec().drift();
    List<String> ignored = policy == null ? List.of() : policy.ignore();
    return input.member(server).drift().known().orElse(List.of()).stream()
        .filter(drift -> ignored.stream().noneMatch(pattern -> matches(pattern, drift.item())))
        .sorted(Comparator.comparing(HostDrift::item))
        .toList();
  }

  static boolean corrects(Resolution resolution) {
    DriftPolicy policy = resolution.effective().spec().drift();
    return policy != null && policy.mode() == DriftMode.Correct;
  }

  /** {@code *} stands for any rest. */
  private static boolean matches(String pattern, String item) {
    return pattern.endsWith("*")
        ? item.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(item);
  }
}
