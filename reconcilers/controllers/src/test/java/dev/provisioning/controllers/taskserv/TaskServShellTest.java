package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.taskserv.TaskServ;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shell of TaskServs between a real API server and machines in memory. */
@Tag("apiserver")
class TaskServShellTest extends ShellOnMachinesInMemory {
  private static final Duration SECONDS = Duration.ofSeconds(8);
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void namespaces_have_services_of_the_same_name_and_know_nothing_of_each_other() {
    Scene other = Scene.bare(cluster, cluster.another());
    Scene unwatched = Scene.bare(cluster, cluster.another());
    for (Scene each : List.of(scene, other, unwatched)) {
      each.server("web", "192.0.2.1", "");
      each.definition("same", "homepage: https://x.test");
      each.taskServ("same", "servers: {names: [web]}");
    }
    try (RunningShell _ = start(scene.namespace(), other.namespace())) {
      scene.awaitReady("same");
      other.awaitReady("same");
      assertThat(machines.started()).containsExactly("install same", "install same");

      scene.delete("same");
      assertThat(machines.started()).hasSize(3);
      assertThat(other.awaitReady("same").getStatus().installedVersion()).isEqualTo("1.0.0");
      assertThat(unwatched.taskServ("same").getStatus().conditions()).isEmpty();
    }
  }

  @Test
  void a_connection_that_drops_in_mid_operation_is_told_and_the_operation_found_again() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("one", "homepage: https://x.test");
    machines.hold();
    try (RunningShell _ = start()) {
      scene.taskServ("one", "servers: {names: [web]}");
      await().atMost(SOON).until(() -> machines.started().size() == 1);

      machines.cut();
      await()
          .atMost(SOON)
          .until(
              () ->
                  scene
                      .message("one", "Reconciling")
                      .contains("the connection to the machine broke"));
      assertThat(scene.message("one", "Reconciling")).contains("next try at");
      machines.mend();
      machines.letGo();

      scene.awaitReady("one");
      assertThat(machines.started()).containsExactly("install one");
    }
  }

  @Test
  void an_operator_that_ends_in_mid_operation_leaves_it_to_its_successor() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("one", "homepage: https://x.test");
    machines.hold();
    try (RunningShell _ = start()) {
      scene.taskServ("one", "servers: {names: [web]}");
      await().atMost(SOON).until(() -> machines.started().size() == 1);
    }
    try (RunningShell _ = start()) {
      machines.letGo();
      scene.awaitReady("one");
      assertThat(machines.started()).containsExactly("install one");
    }
  }

  @Test
  void a_service_on_a_machine_that_is_gone_can_be_deleted() {
    scene.server("web", "192.0.2.1", "");
    scene.server("db", "192.0.2.2", "");
    scene.definition("one", "homepage: https://x.test");
    try (RunningShell _ = start()) {
      scene.taskServ("one", "servers: {names: [web, db]}");
      scene.awaitReady("one");
      scene.vanish("web");
      scene.remove("db");

      scene.delete("one");
      assertThat(machines.started()).containsExactly("install one", "install one");
    }
  }

  @Test
  void a_requirement_is_installed_when_the_user_says_so_and_goes_with_the_service() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("base", "provides: [ground]");
    scene.definition("top", "requires: [{name: ground}]");
    try (RunningShell _ = start()) {
      scene.taskServ("top", "servers: {names: [web]}");
      await()
          .atMost(SOON)
          .until(() -> scene.message("top", "DependenciesReady").contains("needs ground on web"));
      assertThat(machines.started()).isEmpty();

      scene.taskServ("top", "servers: {names: [web]}, dependencies: Install");
      scene.awaitReady("top");
      assertThat(machines.started()).containsExactly("install top-base", "install top");
      TaskServ made = scene.taskServ("top-base");
      assertThat(made.getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(owner -> assertThat(owner.getName()).isEqualTo("top"));

      scene.delete("top");
      await().atMost(Duration.ofSeconds(60)).until(() -> scene.taskServ("top-base") == null);
      assertThat(machines.started().subList(2, 4))
          .containsExactly("uninstall top", "uninstall top-base");
    }
  }

  @Test
  void as_many_operations_as_the_workspace_allows_run_at_once_and_the_rest_wait() {
    scene.limit("{concurrentOperations: 2}");
    scene.definition("one", "homepage: https://x.test");
    machines.hold();
    try (RunningShell _ = start()) {
      for (int i = 1; i <= 5; i++) {
        scene.server("web-" + i, "192.0.2." + i, "");
        scene.taskServ("one-" + i, "definition: one, servers: {names: [web-%d]}".formatted(i));
      }
      await()
          .atMost(SOON)
          .until(() -> IntStream.rangeClosed(1, 5).filter(i -> isLimited("one-" + i)).count() == 3);
      assertThat(machines.started()).hasSize(2);

      machines.endOne();
      await().atMost(SOON).until(() -> machines.started().size() == 3);
      machines.letGo();
      for (int i = 1; i <= 5; i++) {
        scene.awaitReady("one-" + i);
      }
      assertThat(machines.started()).hasSize(5);
      assertThat(machines.mostRunning()).isEqualTo(2);
    }
  }

  @Test
  void a_change_of_anything_that_matters_is_seen_within_seconds() {
    scene.server("web", "192.0.2.1", "role: db");
    scene.server("spare", "192.0.2.2", "");
    scene.secret("login", "password", "first");
    scene.definition("one", "config: {secrets: [password]}");
    try (RunningShell _ = start()) {
      scene.taskServ(
          "one",
          "servers: {selector: {matchLabels: {role: db}}},"
              + " config: {password: {secretRef: {name: login, key: password}}}");
      scene.awaitReady("one");
      String first = scene.member("one").configHash();

      scene.secret("login", "password", "second");
      await("a changed Secret")
          .atMost(SECONDS)
          .until(() -> !first.equals(scene.member("one").configHash()));

      String second = scene.member("one").configHash();
      scene.definition(
          "one", "config: {secrets: [password]}, files: [{path: /etc/one.conf, template: \"x\"}]");
      await("a changed definition")
          .atMost(SECONDS)
          .until(() -> !second.equals(scene.member("one").configHash()));

      scene.label("spare", "role", "db");
      await("a Server that is selected now")
          .atMost(SECONDS)
          .until(() -> "2/2".equals(scene.taskServ("one").getStatus().ready()));

      scene.taskServ("two", "definition: one, servers: {names: [web]}, dependsOn: [{name: late}]");
      await()
          .atMost(SECONDS)
          .until(() -> scene.message("two", "Ready").contains("which does not exist"));
      scene.taskServ("late", "definition: one, servers: {names: [web]}");
      await("a peer that came")
          .atMost(SECONDS)
          .until(() -> "1/1".equals(scene.taskServ("two").getStatus().ready()));
    }
  }

  @Test
  void an_unchanged_machine_costs_the_next_operator_one_look_at_its_record() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("one", "homepage: https://x.test");
    try (RunningShell _ = start()) {
      scene.taskServ("one", "servers: {names: [web]}, drift: {interval: 1h}");
      scene.awaitReady("one");
    }
    String version = scene.taskServ("one").getMetadata().getResourceVersion();
    int before = machines.questions().size();
    try (RunningShell _ = start()) {
      await().atMost(SOON).until(() -> machines.questions().size() > before + 1);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(6))
          .until(() -> machines.questions().size() == before + 2);
      assertThat(machines.questions().subList(before, before + 2))
          .containsExactlyInAnyOrder("appliedState", "drift");
      assertThat(machines.started()).hasSize(1);
      assertThat(scene.taskServ("one").getMetadata().getResourceVersion()).isEqualTo(version);
    }
  }

  private boolean isLimited(String name) {
    return scene
        .message(name, "Ready")
        .equals("Workspace acme allows 2 operations at once, and as many run");
  }
}
