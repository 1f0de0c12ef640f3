package dev.provisioning.controllers.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterSpecBuilder;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.NodePoolBuilder;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.controllers.InMemoryApiServer;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lists of a Cluster, which an operation carries on as its maker saw them. */
class ClusterListsTest {
  private static final NodePool WEB = NodePoolBuilder.builder().name("web").replicas(2).build();
  private static final NodePool DB = NodePoolBuilder.builder().name("db").replicas(1).build();

  private final InMemoryApiServer api = new InMemoryApiServer();
  private final Informers informers = new Informers(api.client(), Set.of(), "operator");
  private final ChildExecutor children = new ChildExecutor(api.client(), informers);

  @AfterEach
  void close() {
    informers.close();
    api.close();
  }

  @Test
  void a_list_is_not_written_over_an_edit_that_its_maker_had_not_seen() {
    write(WEB, DB);
    Cluster shop = shop();
    shop.setSpec(ClusterSpecBuilder.builder().nodePools(List.of(WEB, DB.withReplicas(7))).build());
    api.client().resource(shop).update();

    assertThatThrownBy(() -> children.apply(workflow(), moreWeb(1)))
        .isInstanceOfSatisfying(
            ProviderException.class,
            e ->
                assertThat(e.failure())
                    .isInstanceOf(Failure.Transient.class)
                    .extracting(Failure::message)
                    .isEqualTo("Cluster shop was not changed: its spec changed meanwhile"));

    assertThat(shop().getSpec().nodePools()).containsExactly(WEB, DB.withReplicas(7));
  }

  @Test
  void a_list_goes_over_the_spec_that_it_was_made_of() {
    write(WEB, DB);

    children.apply(workflow(), moreWeb(1));

    assertThat(shop().getSpec().nodePools()).containsExactly(WEB.withReplicas(5), DB);
  }

  private void write(NodePool... pools) {
    Cluster shop = new Cluster();
    shop.setMetadata(new ObjectMetaBuilder().withName("shop").withNamespace("acme").build());
    shop.setSpec(ClusterSpecBuilder.builder().nodePools(List.of(pools)).build());
    api.client().resource(shop).create();
  }

  private Cluster shop() {
    return api.client().resources(Cluster.class).inNamespace("acme").withName("shop").get();
  }

  private static ApplyChild moreWeb(long madeOf) {
    return new ApplyChild(
        "bigger",
        new ChildRef(ChildKind.Cluster, "shop"),
        Map.of(
            "nodePools",
            List.of(Map.of("name", "web", "replicas", 5), Map.of("name", "db", "replicas", 1))),
        Optional.of(madeOf),
        false,
        "uid-wf/hash",
        false,
        "scale Cluster shop");
  }

  private static BatchWorkflow workflow() {
    BatchWorkflow workflow = new BatchWorkflow();
    workflow.setMetadata(
        new ObjectMetaBuilder()
            .withName("roll-out")
            .withNamespace("acme")
            .withUid("uid-wf")
            .build());
    return workflow;
  }
}
