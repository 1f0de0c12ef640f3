package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.ClusterStatusBuilder;
import dev.provisioning.api.cluster.GraphNodeBuilder;
import dev.provisioning.planning.workflow.ClusterFacts.Parts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterFactsTest {
  private static ClusterStatus seen(long generation) {
    return ClusterStatusBuilder.builder()
        .observedGeneration(generation)
        .selector("provisioning.dev/cluster=shop,provisioning.dev/pool=workers")
        .graph(
            Stream.of("nodePools/workers", "nodePools/control-plane", "components/etcd")
                .map(name -> GraphNodeBuilder.builder().name(name).build())
                .toList())
        .build();
  }

  @Test
  void the_status_tells_what_the_definition_brings() {
    assertThat(ClusterFacts.of(3, Map.of(), seen(3)).parts())
        .contains(
            new Parts(
                List.of("control-plane", "workers"), List.of("etcd"), Optional.of("workers")));
  }

  @Test
  void own_pools_and_components_count_also_while_the_cluster_is_taken_back_to_what_was_before() {
    Map<String, Object> spec =
        Map.of(
            "nodePools", List.of(Map.of("name", "gpu")),
            "components",
                List.of(Map.of("name", "nginx"), Map.of("name", "redis", "enabled", false)));

    Parts parts = ClusterFacts.of(3, spec, seen(3)).parts().orElseThrow();

    assertThat(parts.pools()).containsExactly("control-plane", "gpu", "workers");
    assertThat(parts.components()).containsExactly("etcd", "nginx");
  }

  @Test
  void a_status_of_another_spec_tells_nothing() {
    assertThat(ClusterFacts.of(4, Map.of(), seen(3)).parts()).isEmpty();
    assertThat(ClusterFacts.of(4, Map.of(), null).parts()).isEmpty();
  }

  @Test
  void nothing_is_known_before_there_is_a_graph() {
    ClusterStatus none = ClusterStatusBuilder.builder().observedGeneration(3L).build();

    assertThat(ClusterFacts.of(3, Map.of(), none).parts()).isEmpty();
  }
}
