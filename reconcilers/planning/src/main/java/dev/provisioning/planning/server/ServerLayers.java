package dev.provisioning.planning.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.config.WorkspaceLayers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The spec of a Server with all that is laid under it: Workspace {@code ssh} &lt; Workspace {@code
 * defaults.server} &lt; those of its infra &lt; its own fields. {@link EffectiveConfig} says how
 * layers merge, and remembers which said what.
 */
public final class ServerLayers {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final String SSH = "ssh";
  private static final String INFRA = "infra";
  private static final String PLAN = "plan";
  private static final String RESOURCES = "resources";

  private ServerLayers() {}

  /** All layers merged; {@code values} are the fields of a ServerSpec. */
  public static EffectiveConfig merge(ServerSpec own, WorkspaceView workspace) {
    return EffectiveConfig.merge(layers(own, workspace, infra(own, workspace)));
  }

  /** How to log in to its machine. */
  public static SshSpec ssh(ServerSpec own, WorkspaceView workspace) {
    Object ssh = merge(own, workspace).values().get(SSH);
    return JSON.convertValue(Objects.requireNonNullElse(ssh, Map.of()), SshSpec.class);
  }

  /** The infra it is in, which its Workspace's defaults may say; null: none. */
  static String infra(ServerSpec own, WorkspaceView workspace) {
    if (own.infra() != null || workspace.spec().defaults() == null) {
      return own.infra();
    }
    JsonNode said = workspace.spec().defaults().server().get(INFRA);
    return said == null || said.isNull() ? null : said.asText();
  }

  private static List<Layer> layers(ServerSpec own, WorkspaceView workspace, String infra) {
    List<Layer> layers = new ArrayList<>();
    if (workspace.spec().ssh() != null) {
      Map<String, Object> ssh = JSON.convertValue(workspace.spec().ssh(), MAP);
      layers.add(new Layer("Workspace %s/ssh".formatted(workspace.name()), Map.of(SSH, ssh)));
    }
    WorkspaceLayers.of(workspace.name(), workspace.spec(), infra).stream()
        .map(
            from ->
                new Layer(from.origin(), sized(JSON.convertValue(from.defaults().server(), MAP))))
        .forEach(layers::add);
    layers.add(new Layer("spec", sized(JSON.convertValue(own, MAP))));
    return layers;
  }

  /**
   * A plan and resources are two ways to say one thing: whoever says it one way unsays the other.
   */
  private static Map<String, Object> sized(Map<String, Object> said) {
    if (said.get(PLAN) == null == (said.get(RESOURCES) == null)) {
      return said;
    }
    Map<String, Object> all = new HashMap<>(said);
    all.put(said.get(PLAN) == null ? PLAN : RESOURCES, null);
    return all;
  }
}
