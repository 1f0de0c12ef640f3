package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.taskserv.definition.Release;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What TaskServDefinitions do to services while they are in use. */
@Tag("apiserver")
class DefinitionShellTest extends ShellOnMachinesInMemory {
  private static final Duration SECONDS = Duration.ofSeconds(8);
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void a_definition_of_the_operators_namespace_serves_all_and_ones_own_wins() {
    Scene other = Scene.bare(cluster, cluster.another());
    Scene.bare(cluster, cluster.namespace()).definition("shared", "homepage: https://x.test");
    scene.definition("shared", "2.0.0", "homepage: https://x.test");
    for (Scene each : List.of(scene, other)) {
      each.server("web", "192.0.2.1", "");
      each.taskServ("shared", "servers: {names: [web]}");
    }
    try (RunningShell _ = start(scene.namespace(), other.namespace())) {
      assertThat(scene.awaitReady("shared").getStatus().installedVersion()).isEqualTo("2.0.0");
      assertThat(other.awaitReady("shared").getStatus().installedVersion()).isEqualTo("1.0.0");
    }
  }

  @Test
  void a_definition_in_use_stays_until_nothing_uses_it() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("one", "homepage: https://x.test");
    scene.definition("unused", "homepage: https://x.test");
    try (RunningShell _ = start()) {
      scene.taskServ("first", "definition: one, servers: {names: [web]}");
      scene.awaitReady("first");
      await().atMost(SECONDS).until(() -> scene.definition("one").getStatus().hash() != null);

      scene.removeDefinition("unused");
      scene.removeDefinition("one");
      await().atMost(SECONDS).until(() -> scene.definition("unused") == null);
      await()
          .atMost(SECONDS)
          .untilAsserted(
              () ->
                  assertThat(scene.definition("one").getStatus().conditions())
                      .filteredOn(c -> c.type().equals("Ready"))
                      .singleElement()
                      .satisfies(
                          c ->
                              assertThat(c.message())
                                  .isEqualTo(
                                      "TaskServDefinition one is used by TaskServ first: it goes"
                                          + " when they are deleted or use another one")));

      scene.delete("first");
      assertThat(machines.started()).containsExactly("install first", "uninstall first");
      await().atMost(SECONDS).until(() -> scene.definition("one") == null);
    }
  }

  @Test
  void a_definition_that_breaks_a_service_is_rolled_back_to_what_it_was() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("one", "files: [{path: /etc/one.conf, template: \"good\"}]");
    machines.failOn("bad");
    try (RunningShell _ = start()) {
      scene.taskServ("one", "servers: {names: [web]}, onFailure: Rollback");
      scene.awaitReady("one");
      String good = scene.member("one").configHash();

      scene.definition("one", "files: [{path: /etc/one.conf, template: \"bad\"}]");
      await()
          .atMost(SOON)
          .until(
              () -> scene.message("one", "Stalled").endsWith("change the definition to try again"));
      assertThat(scene.member("one").configHash()).isEqualTo(good);
      assertThat(machines.started())
          .containsExactly("install one", "reconfigure one", "rollback one");

      scene.definition("one", "files: [{path: /etc/one.conf, template: \"better\"}]");
      scene.awaitReady("one");
      assertThat(scene.member("one").configHash()).isNotEqualTo(good);
    }
  }

  @Test
  void a_version_that_the_publisher_announces_is_an_update() {
    scene.server("web", "192.0.2.1", "");
    scene.definition("one", "versionSource: {gitHub: {owner: o, repo: one, tagPrefix: v}}");
    releases.add(new Release("v1.4.0", false));
    try (RunningShell _ = start()) {
      scene.taskServ("one", "servers: {names: [web]}");
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                TaskServStatus status = scene.taskServ("one").getStatus();
                assertThat(status.availableVersion()).isEqualTo("1.4.0");
                assertThat(status.updateAvailable()).isTrue();
              });
    }
  }
}
