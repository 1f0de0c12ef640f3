package dev.provisioning.planning.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.workspace.Infra;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.planning.Answer;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The effective wish of a Server: its {@link ServerLayers} merged, checked and completed. */
public final class ServerDefaults {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** The API server refuses it in a Server and cannot see it in defaults. */
  private static final String DNS = "dns";

  private ServerDefaults() {}

  /** {@code Invalid} names the field and what may stand there. */
  public static Answer<EffectiveServer> effective(
      String name, ServerSpec spec, WorkspaceView workspace) {
    String infra = ServerLayers.infra(spec, workspace);
    Set<String> infras =
        workspace.spec().infras().stream().map(Infra::name).collect(Collectors.toSet());
    if (infra != null && !infras.contains(infra)) {
      return invalid(
          "InfraUnknown",
          "spec.infra: Workspace %s has no infra %s; %s"
              .formatted(workspace.name(), infra, choice("infras", infras)));
    }
    try {
      JsonNode merged = JSON.valueToTree(ServerLayers.merge(spec, workspace).values());
      if (merged.hasNonNull(DNS)) {
        return invalid(
            "DefaultsInvalid",
            "Workspace %s: defaults.server.dns: this version makes no DNS records: take dns out"
                .formatted(workspace.name()));
      }
      return completed(name, JSON.treeToValue(merged, ServerSpec.class), workspace);
    } catch (JsonProcessingException e) {
      return invalid(
          "DefaultsInvalid",
          "Workspace %s: defaults.server does not fit a Server: %s"
              .formatted(workspace.name(), e.getOriginalMessage()));
    }
  }

  private static Answer<EffectiveServer> completed(
      String name, ServerSpec spec, WorkspaceView workspace) {
    List<String> providers = workspace.spec().providers().stream().map(Provider::name).toList();
    String provider =
        Stream.of(
                spec.provider(),
                workspace.spec().defaultProvider(),
                providers.size() == 1 ? providers.getFirst() : null)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (provider == null) {
      return invalid(
          "ProviderUnspecified",
          "spec.provider: name one, for Workspace %s has no defaultProvider; %s"
              .formatted(workspace.name(), choice("providers", providers)));
    }
    if (!providers.contains(provider)) {
      return invalid(
          "ProviderUnknown",
          "spec.provider: Workspace %s has no provider %s; %s"
              .formatted(workspace.name(), provider, choice("providers", providers)));
    }
    List<String> missing =
        workspace.policy().requiredTags().stream()
            .filter(tag -> !spec.tags().containsKey(tag))
            .toList();
    if (!missing.isEmpty()) {
      return invalid(
          ServerReasons.TAGS_MISSING,
          "spec.tags: Workspace %s requires the tags %s; add them"
              .formatted(workspace.name(), String.join(", ", missing)));
    }
    return Answer.of(EffectiveServers.of(name, provider, spec, workspace));
  }

  private static String choice(String what, java.util.Collection<String> names) {
    return names.isEmpty()
        ? "it has no " + what
        : "its %s are %s".formatted(what, String.join(", ", names.stream().sorted().toList()));
  }

  private static Answer<EffectiveServer> invalid(String reason, String message) {
    return Answer.unknown(new Failure.Invalid(reason, message));
  }
}
