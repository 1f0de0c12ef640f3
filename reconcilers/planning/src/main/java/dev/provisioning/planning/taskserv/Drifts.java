package dev.provisioning.planning.taskserv;

import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DurationText;
import dev.provisioning.api.taskserv.HostDriftPolicy;
import dev.provisioning.spi.model.HostDrift;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What changed on machines behind our back, without what the spec ignores. */
final class Drifts {
  private Drifts() {}

  static List<HostDrift> of(TaskServInput input, Resolution resolution, String server) {
    HostDriftPolicy policy = resolution.effective().spec().drift();
    List<String> ignored = policy == null ? List.of() : policy.ignore();
    return input.member(server).drift().known().orElse(List.of()).stream()
        .filter(drift -> ignored.stream().noneMatch(pattern -> matches(pattern, drift.item())))
        .sorted(Comparator.comparing(HostDrift::item))
        .toList();
  }

  /** How often a machine is compared, and at most corrected. */
  static Duration interval(TaskServInput input, Resolution resolution) {
    Duration usual =
        input
            .world()
            .workspace()
            .map(view -> view.pace().driftInterval())
            .orElse(Duration.ofMinutes(10));
    HostDriftPolicy policy = resolution.effective().spec().drift();
    return policy == null ? usual : DurationText.parse(policy.interval(), usual);
  }

  static boolean corrects(Resolution resolution) {
    HostDriftPolicy policy = resolution.effective().spec().drift();
    return policy != null && policy.mode() == DriftMode.Correct;
  }

  /** {@code *} stands for any rest. */
  private static boolean matches(String pattern, String item) {
    return pattern.endsWith("*")
        ? item.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(item);
  }
}
