package dev.provisioning.operator.clients;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What stands under {@code settings} of an entry: a misspelt one would have no effect at all. */
final class ProviderSettings {
  private static final Map<ProviderType, Set<String>> DURATIONS =
      Map.of(ProviderType.simulated, Set.of("bootLag", "visibilityLag"));

  private ProviderSettings() {}

  /**
   * @throws ProviderException {@code Invalid(SettingUnknown, SettingInvalid)}
   */
  static void check(Provider entry, String workspace) {
    Set<String> known = DURATIONS.getOrDefault(entry.type(), Set.of());
    new TreeMap<>(entry.settings())
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                throw invalid("SettingUnknown", place(entry, workspace, name) + unknown(known));
              }
              if (!isDuration(value)) {
                throw invalid(
                    "SettingInvalid",
                    place(entry, workspace, name) + "%s is no duration like 30s".formatted(value));
              }
            });
  }

  private static String place(Provider entry, String workspace, String name) {
    return "provider %s of Workspace %s: settings.%s: ".formatted(entry.name(), workspace, name);
  }

  private static String unknown(Set<String> known) {
    return known.isEmpty()
        ? "this type has no settings; take it out"
        : "there is no such setting; there are "
            + String.join(", ", known.stream().sorted().toList());
  }

  private static boolean isDuration(String text) {
    try {
      return !DurationText.parse(text).isNegative();
    } catch (IllegalArgumentException e) {
      return false; // said by our caller, with its path
    }
  }

  private static ProviderException invalid(String reason, String message) {
    return new ProviderException(new Failure.Invalid(reason, message));
  }
}
