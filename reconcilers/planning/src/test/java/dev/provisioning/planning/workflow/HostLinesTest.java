package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.ResourceRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A plan tells what services will do on machines, before anything is there. */
class HostLinesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String POSTGRES =
      """
      category: Databases
      versions:
      - {version: "15", packages: [postgresql-15], default: true}
      - {version: "16", packages: [%s]}
      install: [{name: cluster, run: "true"}]
      backup: [{name: dump, run: "true"}]
      units: [postgresql]
      """;
  private static final String MAKE_AND_UPGRADE =
      """
      operations:
      - {name: db, taskServ: {definition: postgres, servers: {names: [db-01], selector: {matchLabels: {role: db}}}}}
      - {name: newer, dependsOn: [{name: db}], upgrade: {taskServ: db, version: "16"}}
      """;

  private final Scene scene = new Scene();

  @Test
  void what_is_installed_and_then_upgraded_is_told_before_it_is_there() {
    known(definition("postgresql-16"));

    scene.apply("mode: Plan\n" + MAKE_AND_UPGRADE).settle();

    assertThat(lines())
        .containsExactly(
            "db: make TaskServ db (definition postgres)",
            "db: install postgres 15 on db-01, Servers with {role=db}: packages postgresql-15;"
                + " steps cluster; starts postgresql",
            "newer: upgrade TaskServ db (version 16)",
            "newer: upgrade postgres 16 on db-01, Servers with {role=db}: packages postgresql-16;"
                + " steps dump, cluster; starts postgresql");
  }

  @Test
  void a_definition_that_is_not_there_is_said() {
    scene.apply("mode: Plan\n" + MAKE_AND_UPGRADE).settle();

    assertThat(lines())
        .contains(
            "db: what db does on db-01, Servers with {role=db} cannot be told: there is no"
                + " TaskServDefinition postgres yet");
  }

  @Test
  void another_number_of_machines_is_told_machine_by_machine() {
    scene.world.exists(ChildKind.TaskServ, "db");
    scene.outlook =
        new Outlook(
            Map.of("postgres", definition("postgresql-16")),
            Map.of(),
            Map.of(
                "db",
                read("{definition: postgres, servers: {names: [db-01]}}", TaskServSpec.class)));

    scene
        .apply(
            """
            mode: Plan
            operations:
            - {name: db, taskServ: {servers: {names: [db-02]}}}
            """)
        .settle();

    assertThat(lines())
        .containsExactly(
            "db: change TaskServ db",
            "db: install postgres 15 on db-02: packages postgresql-15; steps cluster; starts"
                + " postgresql",
            "db: uninstall postgres 15 from db-01");
  }

  @Test
  void the_machines_and_services_of_a_cluster_are_told_as_it_will_tell_them() {
    known(definition("postgresql-16"));

    scene
        .apply(
            """
            mode: Plan
            operations:
            - name: shop
              cluster:
                nodePools: [{name: db, replicas: 2, server: {plan: small}}]
                components: [{name: pg, definition: postgres}]
            """)
        .settle();

    assertThat(lines())
        .containsExactly(
            "shop: make Cluster shop",
            "shop: create Server shop-db-01 (plan small)",
            "shop: create Server shop-db-02 (plan small)",
            "shop: create TaskServ shop-pg (postgres) on shop-db-01, shop-db-02",
            "shop: install postgres 15 on shop-db-01, shop-db-02: packages postgresql-15; steps"
                + " cluster; starts postgresql");
  }

  @Test
  void a_cluster_definition_that_is_not_there_is_said() {
    scene.apply("mode: Plan\noperations:\n- {name: shop, cluster: {definition: web}}").settle();

    assertThat(lines())
        .containsExactly(
            "shop: make Cluster shop (definition web)",
            "shop: what Cluster shop makes cannot be told: there is no ClusterDefinition web yet");
  }

  @Test
  void who_approves_approves_the_work_on_machines() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    known(definition("postgresql-16"));
    scene.apply(MAKE_AND_UPGRADE).settle();
    String shown = hash();
    known(definition("postgresql-16-with-telemetry"));

    approve(shown).settle();

    assertThat(scene.world.things).isEmpty();
    assertThat(hash()).isNotEqualTo(shown);
  }

  @Test
  void what_was_approved_is_carried_out_without_another_question() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    known(definition("postgresql-16"));
    scene.apply(MAKE_AND_UPGRADE).settle();

    approve(hash());
    for (int i = 0; i < 100; i++) {
      scene.pass();
      seen();
      scene.now = scene.now.plusSeconds(1);
    }

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  /** As the shell does: the TaskServ is known as it is by now. */
  private void seen() {
    ChildRef db = new ChildRef(ChildKind.TaskServ, "db");
    if (scene.world.things.containsKey(db)) {
      TaskServSpec is = YAML.convertValue(scene.world.things.get(db).spec, TaskServSpec.class);
      scene.outlook = new Outlook(scene.outlook.definitions(), Map.of(), Map.of("db", is));
    }
  }

  private void known(TaskServDefinitionSpec postgres) {
    scene.outlook = new Outlook(Map.of("postgres", postgres), Map.of(), Map.of());
  }

  private static TaskServDefinitionSpec definition(String packageOf16) {
    return read(POSTGRES.formatted(packageOf16), TaskServDefinitionSpec.class);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines() {
    return scene.status.orElseThrow().plan().actions().stream()
        .map(PlannedAction::description)
        .toList();
  }

  private String hash() {
    return scene.status.orElseThrow().plan().hash();
  }

  private Scene approve(String hash) {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, hash);
    return scene;
  }
}
