package dev.provisioning.planning.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.planning.Answer;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The effective wish of a Server: Workspace {@code ssh} &lt; Workspace {@code defaults.server} &lt;
 * those of its infra &lt; its own spec. Maps merge by key, lists and scalars replace, an explicit
 * null removes.
 */
public final class ServerDefaults {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ServerDefaults() {}

  /** {@code Invalid} names the field and what may stand there. */
  public static Answer<EffectiveServer> effective(
      String name, ServerSpec spec, WorkspaceView workspace) {
    JsonNode own = JSON.valueToTree(spec);
    JsonNode workspaceLayer = layered(workspace);
    String infra = text(merged(workspaceLayer, own), "infra");
    if (infra != null && !workspace.infraDefaults().containsKey(infra)) {
      return invalid(
          "InfraUnknown",
          "spec.infra: Workspace %s has no infra %s; %s"
              .formatted(
                  workspace.name(), infra, choice("infras", workspace.infraDefaults().keySet())));
    }
    JsonNode infraLayer = infra == null ? null : workspace.infraDefaults().get(infra);
    JsonNode all = merged(merged(workspaceLayer, infraLayer), own);
    try {
      ServerSpec merged = JSON.treeToValue(all, ServerSpec.class);
      return completed(name, merged, workspace);
    } catch (JsonProcessingException e) {
      return invalid(
          "DefaultsInvalid",
          "Workspace %s: defaults.server does not fit a Server: %s"
              .formatted(workspace.name(), e.getOriginalMessage()));
    }
  }

  private static Answer<EffectiveServer> completed(
      String name, ServerSpec spec, WorkspaceView workspace) {
    String provider =
        Stream.of(
                spec.provider(),
                workspace.defaultProvider().orElse(null),
                workspace.providers().size() == 1 ? workspace.providers().getFirst() : null)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (provider == null) {
      return invalid(
          "ProviderUnspecified",
          "spec.provider: name one, for Workspace %s has no defaultProvider; %s"
              .formatted(workspace.name(), choice("providers", workspace.providers())));
    }
    if (!workspace.providers().contains(provider)) {
      return invalid(
          "ProviderUnknown",
          "spec.provider: Workspace %s has no provider %s; %s"
              .formatted(workspace.name(), provider, choice("providers", workspace.providers())));
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

  private static JsonNode layered(WorkspaceView workspace) {
    ObjectNode lowest = JSON.createObjectNode();
    workspace.ssh().ifPresent(ssh -> lowest.set("ssh", JSON.valueToTree(ssh)));
    return merged(lowest, workspace.serverDefaults());
  }

  private static JsonNode merged(JsonNode low, JsonNode high) {
    if (high == null || high.isMissingNode()) {
      return low;
    }
    if (!(low instanceof ObjectNode below) || !(high instanceof ObjectNode above)) {
      return high.isNull() && low instanceof ObjectNode ? low : high;
    }
    ObjectNode result = below.deepCopy();
    above
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
              } else {
                JsonNode old = result.get(entry.getKey());
                result.set(
                    entry.getKey(), old == null ? entry.getValue() : merged(old, entry.getValue()));
              }
            });
    return result;
  }

  private static String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
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
