package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.planning.StoryFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/**
 * Rollouts of Clusters as stories: {@code src/test/resources/cluster/stories/*.txt}, one per test.
 * Run with {@code -Dstories.write=true} after a wanted change, and read the difference.
 */
abstract class Stories {
  static final String SHOP =
      """
      nodePools:
      - {name: db, replicas: 1, server: {plan: small, image: debian-12}}
      - {name: web, replicas: 2, server: {plan: small, image: debian-12}}
      components:
      - {name: os}
      - {name: postgres, nodePools: [db], dependsOn: [os]}
      - {name: nginx, nodePools: [web], dependsOn: [os, postgres]}
      """;

  final Scene scene = new Scene();

  void chapter(String title) {
    scene.told.add("");
    scene.told.add("# " + title);
  }

  @AfterEach
  void compare(TestInfo info) {
    assertThat(scene.world.wrongs).isEmpty();
    StoryFile.compare("cluster", info, scene.told);
  }

  /** The same Cluster, with this as the whole configuration of one component. */
  static ClusterSpec config(ClusterSpec spec, String component, String key, String value) {
    return spec.withComponents(
        spec.components().stream()
            .map(
                c ->
                    c.name().equals(component)
                        ? c.withConfig(Map.of(key, TextNode.valueOf(value)))
                        : c)
            .toList());
  }

  /** The same Cluster, with another version of one component. */
  static ClusterSpec version(ClusterSpec spec, String component, String version) {
    return spec.withComponents(
        spec.components().stream()
            .map(c -> c.name().equals(component) ? c.withVersion(version) : c)
            .toList());
  }

  /** The same Cluster, with this as the whole template of its web servers. */
  static ClusterSpec web(ClusterSpec spec, Map<String, String> server) {
    Map<String, JsonNode> template = new HashMap<>();
    server.forEach((key, value) -> template.put(key, TextNode.valueOf(value)));
    return spec.withNodePools(
        List.of(spec.nodePools().getFirst(), spec.nodePools().getLast().withServer(template)));
  }
}
