package dev.provisioning.planning.workspace;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.workspace.Defaults;
import dev.provisioning.api.workspace.Infra;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to log in to a Server's machine: Workspace {@code ssh} &lt; {@code defaults.server.ssh} &lt;
 * the infra's &lt; the Server's own.
 */
public final class EffectiveSsh {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private EffectiveSsh() {}

  public static SshSpec of(ServerSpec server, WorkspaceSpec workspace) {
    List<Layer> layers = new ArrayList<>();
    layers.add(layer("Workspace ssh", workspace.ssh()));
    layers.add(defaults("Workspace defaults", workspace.defaults()));
    workspace.infras().stream()
        .filter(infra -> infra.name().equals(server.infra()))
        .map(Infra::defaults)
        .forEach(defaults -> layers.add(defaults("infra " + server.infra(), defaults)));
    layers.add(layer("Server", server.ssh()));
    return JSON.convertValue(EffectiveConfig.merge(layers).values(), SshSpec.class);
  }

  private static Layer defaults(String origin, Defaults defaults) {
    return layer(origin, defaults == null ? null : defaults.server().get("ssh"));
  }

  private static Layer layer(String origin, Object values) {
    return new Layer(
        origin,
        values == null
            ? Map.of()
            : JSON.convertValue(values, new TypeReference<Map<String, Object>>() {}));
  }
}
