package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.RolloutStrategy;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Machines that give way to others: in which order, how many at once, and where. */
class RolloutStoryTest extends Stories {
  private static final Map<String, JsonNode> NEXT =
      Map.of("plan", TextNode.valueOf("small"), "image", TextNode.valueOf("debian-13"));

  private static final String TOPOLOGY =
      """
      description: Web servers and what they need.
      parameters:
        schema:
          type: object
          additionalProperties: false
          properties:
            size: {type: string, enum: [development, production], default: development}
            image: {type: string, default: %s}
      nodePools:
      - name: web
        replicas: "{size(2,3)}"
        server: {plan: small, image: "{parameters.image}"}
      components:
      - {name: os}
      - {name: nginx, dependsOn: [os], config: {server: "{cluster.name}", keepalive: %s}}
      """;

  @Test
  void theControlPlaneIsReplacedBeforeTheWorkers() {
    scene
        .apply(
            """
            nodePools:
            - {name: edge, replicas: 1, server: {plan: small, image: debian-12}}
            - {name: worker, replicas: 2, role: worker, server: {plan: small, image: debian-12}}
            - {name: master, replicas: 2, role: control-plane, server: {plan: small, image: debian-12}}
            components: [{name: kubernetes, nodePools: [master, worker]}]
            """)
        .settle();
    chapter("image debian-13 for all; the list has the control plane last");
    scene.edit(RolloutStoryTest::next);
    do {
      scene.pass();
      assertThat(left("master") == 0 || left("worker") == 2 && left("edge") == 1)
          .as("nobody before the control plane")
          .isTrue();
    } while (!scene.ready());
    assertThat(left("worker") + left("edge")).isZero();
  }

  private long left(String pool) {
    return scene.world.servers.values().stream()
        .filter(s -> s.name.startsWith("shop-" + pool) && s.spec.image().equals("debian-12"))
        .count();
  }

  @Test
  void twoAtOnceWhereThereIsNoRoomForMore() {
    shop(4, new RolloutStrategy(0, 2, null));
    chapter("image debian-13 for four web servers, maxSurge 0 and maxUnavailable 2");
    scene.edit(RolloutStoryTest::next);
    assertThat(most(() -> scene.world.servers.size())).isEqualTo(4);
    assertThat(scene.world.machinesEver).isEqualTo(8);
  }

  @Test
  void twoMoreAtOnce() {
    shop(4, new RolloutStrategy(2, 0, null));
    chapter("image debian-13 for four web servers, maxSurge 2 and maxUnavailable 0");
    scene.edit(RolloutStoryTest::next);
    assertThat(most(() -> scene.world.servers.size())).isEqualTo(6);
    assertThat(scene.world.machinesEver).isEqualTo(8);
  }

  private void shop(int replicas, RolloutStrategy strategy) {
    scene
        .apply(
            """
            nodePools: [{name: web, server: {plan: small, image: debian-12}}]
            components: [{name: nginx}]
            """)
        .edit(s -> s.withReplicas(replicas).withStrategy(strategy))
        .settle();
    assertThat(scene.ready()).isTrue();
  }

  /** Until all is Ready. */
  private int most(IntSupplier count) {
    int most = 0;
    do {
      scene.pass();
      most = Math.max(most, count.getAsInt());
    } while (!scene.ready());
    return most;
  }

  @Test
  void spreadOverItsZones() {
    scene
        .apply(
            """
            nodePools:
            - {name: web, replicas: 4, zones: [a, b, c], server: {plan: small, image: debian-12}}
            remediation: {enabled: true, unhealthyFor: 30s}
            """)
        .settle();
    assertThat(zones()).isEqualTo(Map.of("a", 2L, "b", 1L, "c", 1L));
    chapter("the one in zone b dies: its successor goes there");
    scene.world.servers.get("shop-web-02").dead = true;
    scene.passes(20);
    assertThat(zones()).isEqualTo(Map.of("a", 2L, "b", 1L, "c", 1L));
    chapter("zone a is given up: what is there moves");
    scene.edit(
        s ->
            s.withNodePools(
                s.nodePools().stream().map(p -> p.withZones(List.of("b", "c"))).toList()));
    scene.settle();
    assertThat(zones()).isEqualTo(Map.of("b", 2L, "c", 2L));
  }

  private Map<String, Long> zones() {
    return scene.world.servers.values().stream()
        .collect(Collectors.groupingBy(s -> s.spec.zone(), Collectors.counting()));
  }

  @Test
  void anotherVersionOfItsDefinitionIsRolledOut() {
    scene.define(TOPOLOGY.formatted("debian-12", "10s")).apply("definition: web").settle();
    assertThat(scene.ready()).isTrue();
    chapter("helm upgrade: the definition has another image and another configuration");
    scene.define(TOPOLOGY.formatted("debian-13", "30s")).settle();
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers.values()).allMatch(s -> s.spec.image().equals("debian-13"));
    chapter("parameters: {size: production}");
    scene.edit(s -> s.withParameters(Map.of("size", TextNode.valueOf("production")))).settle();
    assertThat(scene.world.servers).hasSize(3);
  }

  private static ClusterSpec next(ClusterSpec spec) {
    return spec.withNodePools(spec.nodePools().stream().map(p -> p.withServer(NEXT)).toList());
  }
}
