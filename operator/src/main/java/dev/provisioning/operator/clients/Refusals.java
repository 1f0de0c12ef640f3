package dev.provisioning.operator.clients;

import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.spi.model.Failure;
import java.util.stream.Collectors;

/** Why an entry cannot be used until somebody edits the Workspace. */
final class Refusals {
  private Refusals() {}

  static Failure unknown(String name, Workspace workspace) {
    String known =
        workspace.getSpec().providers().stream()
            .map(Provider::name)
            .collect(Collectors.joining(", "));
    return new Failure.Invalid(
        "ProviderUnknown",
        "Workspace %s has no provider %s; %s"
            .formatted(
                workspace.getMetadata().getName(),
                name,
                known.isEmpty() ? "it has none" : "it has: " + known));
  }

  static Failure notCertified(String name, String workspace) {
    return new Failure.Invalid(
        "ProviderNotCertified",
        ("Workspace %s allows certified providers only and %s is not one; use another or set"
                + " certified: true on it")
            .formatted(workspace, name));
  }

  static Failure noAdapter(Provider entry, String workspace) {
    return new Failure.Invalid(
        "ProviderTypeUnsupported",
        ("provider %s of Workspace %s: this release has no adapter for type %s; it has existing,"
                + " local and simulated")
            .formatted(entry.name(), workspace, entry.type()));
  }
}
