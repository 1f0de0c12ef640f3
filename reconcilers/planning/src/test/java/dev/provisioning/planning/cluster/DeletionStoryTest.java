package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.GraphNode;
import dev.provisioning.planning.Answer;
import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Cluster goes as it came, backwards, whatever is said of it by then. */
class DeletionStoryTest extends Stories {
  @Test
  void goneInTheOrderThatWasRealWhateverTheSpecSays() {
    scene.apply(SHOP).settle();
    chapter("deleted together with an edit: os needs postgres, postgres needs nginx");
    scene.edit(DeletionStoryTest::turnedRound).delete();
    scene.settle();
    assertThat(scene.world.letGo).isTrue();
    assertThat(order("is uninstalled from"))
        .containsSubsequence("shop-nginx", "shop-postgres", "shop-os");
  }

  private static ClusterSpec turnedRound(ClusterSpec spec) {
    Map<String, List<String>> needs =
        Map.of("os", List.of("postgres"), "postgres", List.of("nginx"), "nginx", List.of());
    return spec.withComponents(
        spec.components().stream().map(c -> c.withDependsOn(needs.get(c.name()))).toList());
  }

  /** Who this is told of, in order. */
  private List<String> order(String event) {
    return scene.told.stream()
        .filter(line -> line.contains(event))
        .map(line -> line.strip().split("\\s+")[1])
        .toList();
  }

  @Test
  void goneThoughItsDefinitionWentBefore() {
    scene
        .define(
            """
            description: Web servers and what they need.
            nodePools: [{name: web, replicas: "2", server: {plan: small}}]
            components: [{name: os}, {name: nginx, dependsOn: [os]}]
            """)
        .apply("definition: web")
        .settle();
    assertThat(scene.ready()).isTrue();
    chapter("the ClusterDefinition is deleted, then the Cluster");
    scene.definition =
        Answer.unknown(
            new Failure.Invalid("DefinitionNotFound", "there is no ClusterDefinition web"));
    scene.settle();
    scene.delete();
    scene.settle();
    assertThat(scene.world.letGo).isTrue();
    assertThat(order("is uninstalled from")).containsSubsequence("shop-nginx", "shop-os");
  }

  @Test
  void whatDoesNotGoIsNamedWithSinceWhen() {
    scene.apply(SHOP).settle();
    scene.world.taskServs.get("shop-postgres").stuck = true;
    chapter("deleted; postgres cannot be uninstalled");
    scene.delete();
    scene.passes(12);
    GraphNode blocked = node("components/postgres");
    assertThat(blocked.state()).isEqualTo("Blocked");
    assertThat(blocked.message()).isEqualTo("TaskServ shop-postgres: step 1/1 stop failed");
    assertThat(node("components/nginx").state()).isEqualTo("Gone");
    assertThat(node("components/os").state()).isEqualTo("Done");
    Instant since = blocked.since();
    scene.passes(12);
    assertThat(node("components/postgres").since()).isEqualTo(since);
    assertThat(scene.world.servers).hasSize(3);
    chapter("somebody helps");
    scene.world.taskServs.get("shop-postgres").stuck = false;
    scene.settle();
    assertThat(scene.world.letGo).isTrue();
  }

  private GraphNode node(String name) {
    return scene.status.graph().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
