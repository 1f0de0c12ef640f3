package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.planning.config.Memo;
import java.util.Set;

/** The fields of a pool's Servers as a spec; what no Server knows is refused. */
final class ServerTemplate {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Memo<NodePool, ServerSpec> KNOWN = new Memo<>(512);

  /** What the Cluster says itself. */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of("workspace", "infra", "provider", "hostname", "address", "adopt", "mode", "suspend");

  private ServerTemplate() {}

  static ServerSpec of(String path, NodePool pool) {
    return KNOWN.get(pool, one -> read(path, one));
  }

  private static ServerSpec read(String path, NodePool pool) {
    ObjectNode wanted = JSON.createObjectNode();
    wanted.setAll(pool.server());
    try {
      ServerSpec spec = JSON.treeToValue(wanted, ServerSpec.class);
      sameFields(path, wanted, JSON.valueToTree(spec));
      return spec;
    } catch (JsonProcessingException e) {
      throw new TopologyInvalid(
          "ServerInvalid", "%s%s has a wrong value".formatted(path, TopologyDesign.field(e)));
    }
  }

  /** A field that does not come back was not understood. */
  private static void sameFields(String path, JsonNode wanted, JsonNode understood) {
    wanted
        .properties()
        .forEach(
            e -> {
              String at = path + "." + e.getKey();
              JsonNode got = understood.path(e.getKey());
              boolean something = !e.getValue().isEmpty() || e.getValue().isValueNode();
              if (OF_THE_CLUSTER.contains(e.getKey()) && path.endsWith(".server")) {
                throw new TopologyInvalid(
                    "ServerInvalid", at + " is set by the Cluster: leave it out of the pool");
              }
              if (got.isMissingNode() && something && !e.getValue().isNull()) {
                throw new TopologyInvalid("ServerInvalid", at + " is no field of a Server");
              }
              sameFields(at, e.getValue(), got);
            });
  }
}
