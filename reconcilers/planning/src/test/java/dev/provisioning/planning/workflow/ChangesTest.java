package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.workflow.FakeWorld.Thing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Another version or size of a Cluster that exists. */
class ChangesTest {
  private static final Map<String, Object> WEB = Map.of("name", "web", "replicas", 2);
  private static final Map<String, Object> DB = Map.of("name", "db", "replicas", 1);

  private final Scene scene = new Scene();
  private final Thing shop = scene.world.exists(ChildKind.Cluster, "shop");

  @Test
  void an_upgrade_says_which_of_several_components_it_means() {
    shop.definedComponents = List.of("kubernetes", "etcd");

    operation("{name: newer, upgrade: {cluster: shop, version: '2'}}");

    refused(
        "newer",
        "ComponentNotSaid",
        "Cluster shop has 2 components; say in upgrade.component which: etcd, kubernetes");
  }

  @Test
  void where_there_is_one_component_it_is_meant_also_when_the_definition_brings_it() {
    shop.definedComponents = List.of("kubernetes");

    operation("{name: newer, upgrade: {cluster: shop, version: '2'}}");

    assertThat(scene.operation("newer").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(shop.spec)
        .isEqualTo(Map.of("components", List.of(Map.of("name", "kubernetes", "version", "2"))));
  }

  @Test
  void where_there_is_no_component_there_is_nothing_to_upgrade() {
    operation("{name: newer, upgrade: {cluster: shop, version: '2'}}");

    refused(
        "newer",
        "ComponentNotFound",
        "Cluster shop has no components: there is nothing to upgrade");
  }

  @Test
  void a_misspelt_component_is_no_new_one() {
    shop.definedComponents = List.of("kubernetes");
    shop.spec.put("components", List.of(Map.of("name", "nginx")));

    operation("{name: newer, upgrade: {cluster: shop, component: nginz, version: '2'}}");

    refused(
        "newer",
        "ComponentNotFound",
        "Cluster shop has no component nginz; there are kubernetes, nginx; did you mean nginx?");
  }

  @Test
  void a_misspelt_pool_is_no_new_one() {
    shop.spec.put("nodePools", List.of(WEB, DB));

    operation("{name: bigger, scale: {cluster: shop, nodePool: wep, replicas: 5}}");

    refused(
        "bigger",
        "PoolNotFound",
        "Cluster shop has no pool wep; there are db, web; did you mean web?");
  }

  @Test
  void a_pool_is_scaled_and_the_others_stay_as_they_are() {
    shop.spec.put("nodePools", List.of(WEB, DB));

    operation("{name: bigger, scale: {cluster: shop, nodePool: web, replicas: 5}}");

    assertThat(shop.spec)
        .isEqualTo(Map.of("nodePools", List.of(Map.of("name", "web", "replicas", 5), DB)));
  }

  @Test
  void a_pool_of_the_definition_gets_an_entry_of_its_own() {
    shop.definedPools = List.of("control-plane", "workers");

    operation("{name: bigger, scale: {cluster: shop, nodePool: control-plane, replicas: 5}}");

    assertThat(shop.spec)
        .isEqualTo(Map.of("nodePools", List.of(Map.of("name", "control-plane", "replicas", 5))));
  }

  @Test
  void what_stands_over_the_number_of_a_pool_is_what_scaling_it_sets() {
    shop.spec.put("nodePools", List.of(WEB, DB));
    shop.spec.put("replicas", 1);

    operation("{name: bigger, scale: {cluster: shop, nodePool: db, replicas: 3}}");

    assertThat(shop.spec).isEqualTo(Map.of("nodePools", List.of(WEB, DB), "replicas", 3));
  }

  @Test
  void taken_back_there_is_no_number_where_there_was_none() {
    shop.spec.put("nodePools", List.of(WEB, DB));
    Map<String, Object> before = Map.copyOf(shop.spec);
    String scale =
        """
        operations:
        - {name: bigger, scale: {cluster: shop, nodePool: db, replicas: 3}}
        """;
    scene.apply(scale).settle();

    scene.apply("rollback: {requested: true}\n" + scale).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(shop.spec).isEqualTo(before);
  }

  @Test
  void names_are_looked_up_once_somebody_has_looked_at_the_spec() {
    shop.spec.put("nodePools", List.of(WEB, DB));
    shop.looked = false;
    scene
        .apply(
            """
            operations:
            - {name: bigger, scale: {cluster: shop, nodePool: web, replicas: 5}}
            """)
        .settle(Duration.ofMinutes(1));
    assertThat(scene.operation("bigger").message())
        .isEqualTo(
            "waits until it is known what Cluster shop is made of: nobody has looked at its spec");

    shop.looked = true;
    scene.settle();

    assertThat(scene.operation("bigger").phase()).isEqualTo(OperationPhase.Succeeded);
  }

  @Test
  void an_edit_that_nobody_had_seen_when_the_list_was_made_stays() {
    shop.spec.put("nodePools", List.of(WEB, DB));
    scene.world.slow.add("shop");
    scene
        .apply(
            """
            operations:
            - {name: bigger, scale: {cluster: shop, nodePool: web, replicas: 5}}
            """)
        .settle(Duration.ofSeconds(5));
    List<Object> edited = List.of(WEB, Map.of("name", "db", "replicas", 7));
    scene.world.edit(shop, "nodePools", edited);

    scene.settle();

    assertThat(shop.spec.get("nodePools"))
        .isEqualTo(
            List.of(Map.of("name", "web", "replicas", 5), Map.of("name", "db", "replicas", 7)));
  }

  @Test
  void taken_back_one_after_the_other_everything_is_as_it_was() {
    shop.spec.put("nodePools", List.of(WEB, DB));
    Map<String, Object> before = Map.copyOf(shop.spec);
    String both =
        """
        operations:
        - {name: more-web, scale: {cluster: shop, nodePool: web, replicas: 5}}
        - {name: more, dependsOn: [{name: more-web}], scale: {cluster: shop, replicas: 7}}
        """;
    scene.apply(both).settle();
    assertThat(shop.spec)
        .isEqualTo(
            Map.of("nodePools", List.of(Map.of("name", "web", "replicas", 5), DB), "replicas", 7));

    scene.apply("rollback: {requested: true}\n" + both).settle();

    assertThat(shop.spec).isEqualTo(before);
  }

  private void operation(String yaml) {
    scene.apply("operations:\n- " + yaml).settle();
  }

  /** At once, and nothing is changed. */
  private void refused(String operation, String reason, String message) {
    assertThat(scene.operation(operation).phase()).isEqualTo(OperationPhase.Failed);
    assertThat(scene.operation(operation).reason()).isEqualTo(reason);
    assertThat(scene.operation(operation).message()).isEqualTo(message);
    assertThat(scene.operation(operation).attempt()).isEqualTo(1);
    assertThat(scene.world.effects).isEmpty();
  }
}
