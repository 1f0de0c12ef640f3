package dev.provisioning.planning.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ClusterSpecBuilder;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.ComponentBuilder;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.NodePoolBuilder;
import dev.provisioning.api.cluster.Remediation;
import dev.provisioning.api.cluster.RolloutStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What people want of a Cluster, and how they change their minds, as chance has it. */
record Wishes(Random random) {
  /** Any Cluster of up to three pools and three components. */
  ClusterSpec spec() {
    List<NodePool> pools = new ArrayList<>();
    for (String name : List.of("db", "web", "lb").subList(0, random.nextInt(1, 4))) {
      pools.add(
          NodePoolBuilder.builder()
              .name(name)
              .replicas(random.nextInt(1, 4))
              .server(server("small", "debian-12"))
              .build());
    }
    List<Component> components = new ArrayList<>();
    for (String name : List.of("os", "data", "front").subList(0, random.nextInt(0, 4))) {
      components.add(
          ComponentBuilder.builder()
              .name(name)
              .nodePools(
                  name.equals("os")
                      ? List.of()
                      : List.of(pools.get(random.nextInt(pools.size())).name()))
              .dependsOn(components.stream().map(Component::name).toList())
              .build());
    }
    int surge = random.nextInt(0, 3);
    return ClusterSpecBuilder.builder()
        .nodePools(pools)
        .components(components)
        .strategy(
            new RolloutStrategy(
                surge, surge == 0 ? 1 : random.nextInt(0, 3), random.nextBoolean() ? "30s" : null))
        .remediation(new Remediation(true, "1m", random.nextInt(1, 3), "100%"))
        .onFailure(random.nextBoolean() ? OnFailure.Rollback : OnFailure.Retain)
        .build();
  }

  private static Map<String, JsonNode> server(String plan, String image) {
    Map<String, JsonNode> server = new HashMap<>();
    server.put("plan", TextNode.valueOf(plan));
    server.put("image", TextNode.valueOf(image));
    return server;
  }

  ClusterSpec scaled(ClusterSpec spec) {
    return spec.withNodePools(
        spec.nodePools().stream()
            .map(p -> random.nextBoolean() ? p : p.withReplicas(random.nextInt(1, 5)))
            .toList());
  }

  ClusterSpec otherImage(ClusterSpec spec) {
    return spec.withNodePools(
        spec.nodePools().stream()
            .map(
                p ->
                    random.nextBoolean()
                        ? p
                        : p.withServer(
                            server(
                                random.nextInt(6) == 0 ? "huge" : "plan" + random.nextInt(2),
                                "image" + random.nextInt(3))))
            .toList());
  }

  ClusterSpec configured(ClusterSpec spec) {
    String key = random.nextInt(3) == 0 ? "broken" : "key";
    return spec.withComponents(
        spec.components().stream()
            .map(
                c ->
                    random.nextBoolean()
                        ? c
                        : c.withConfig(Map.of(key, TextNode.valueOf("v" + random.nextInt(3)))))
            .toList());
  }

  /** Nothing in it that cannot be done. */
  ClusterSpec sound(ClusterSpec spec) {
    return spec.withNodePools(
            spec.nodePools().stream()
                .map(
                    p ->
                        TextNode.valueOf("huge").equals(p.server().get("plan"))
                            ? p.withServer(server("plan0", "image0"))
                            : p)
                .toList())
        .withComponents(
            spec.components().stream()
                .map(c -> c.config().containsKey("broken") ? c.withConfig(Map.of()) : c)
                .toList());
  }
}
