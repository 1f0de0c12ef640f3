package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.spi.model.Bundle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which steps an operation has, and what its scripts find in their environment. */
class OperationOrderTest {
  private static final String DEFINITION =
      """
      versions:
      - {version: "1.0", default: true, packages: [app], artifacts: [{architecture: amd64, url: "https://example.org/app-{version}.tar.gz", sha256: abc}]}
      - {version: "2.0", packages: [app]}
      config:
        schema:
          properties:
            maxConnections: {type: integer, default: 10}
            tls: {type: object, properties: {enabled: {type: boolean, default: false}}}
            hosts: {type: array, items: {type: string}, default: [a, b]}
        secrets: [password]
      install: [{name: unpack, run: "true"}]
      configure: [{name: before, run: "true"}, {name: after, run: "true", when: AfterStart}]
      upgrade: [{name: drain, run: "true", when: BeforeInstall}, {name: migrate, run: "true", undo: "unmigrate"}]
      backup: [{name: dump, run: "true"}]
      uninstall: [{name: leave, run: "true"}]
      files: [{path: /etc/app.conf, template: "x", restarts: [app.service]}]
      units: [app.service]
      healthChecks: [{name: up, tcp: {port: "80"}}]
      dataPaths: [/var/lib/app]
      """;

  private final Scene scene = new Scene().define("app", DEFINITION).server("web-01");

  @Test
  void installConfiguresStartsAndVerifies() {
    assertThat(steps("{servers: {names: [web-01]}}"))
        .containsExactly(
            "packages", "artifact", "unpack", "files", "before", "start", "after", "verify");
  }

  @Test
  void reconfigureInstallsNothing() {
    scene.apply("app", "{servers: {names: [web-01]}}");
    scene.settle();
    assertThat(steps("{servers: {names: [web-01]}, config: {maxConnections: 20}}"))
        .containsExactly("files", "before", "start", "after", "verify");
  }

  @Test
  void upgradeBacksUpDrainsAndMigrates() {
    scene.apply("app", "{servers: {names: [web-01]}}");
    scene.settle();
    assertThat(steps("{version: '2.0', servers: {names: [web-01]}}"))
        .containsExactly(
            "dump",
            "drain",
            "packages",
            "unpack",
            "migrate",
            "files",
            "before",
            "start",
            "after",
            "verify");
  }

  @Test
  void rollbackUndoesTheMigrationFirst() {
    scene.apply("app", "{servers: {names: [web-01]}, onFailure: Rollback}");
    scene.settle();
    scene.apply("app", "{version: '2.0', servers: {names: [web-01]}, onFailure: Rollback}");
    scene.machines.get("web-01").failAt = "verify";
    scene.machines.get("web-01").failOnlyFor = "2.0";
    scene.pass("app");
    // It failed after the machine had become 2.0: that is recorded only at a good end.
    assertThat(operation().kind()).isEqualTo(OperationKind.ROLLBACK);
    assertThat(names(operation().bundle()))
        .startsWith("undo-migrate", "packages", "artifact", "unpack", "files");
  }

  @Test
  void uninstallTakesTheRecordedThingsAway() {
    scene.apply("app", "{servers: {names: [web-01]}, dataPolicy: Delete}");
    scene.settle();
    scene.delete("app");
    assertThat(operation().destructive()).isTrue();
    assertThat(names(operation().bundle()))
        .containsExactly("stop", "leave", "remove-packages", "remove-files", "delete-data");
    assertThat(operation().description())
        .isEqualTo("uninstall app from web-01 and delete its data in /var/lib/app");
  }

  @Test
  void scriptsFindValuesAndNoSecrets() {
    steps("{servers: {names: [web-01]}}");
    Map<String, String> environment = operation().bundle().environment();
    assertThat(environment)
        .containsEntry("PROVISIONING_TASKSERV", "app")
        .containsEntry("PROVISIONING_OPERATION_KIND", "install")
        .containsEntry("PROVISIONING_VERSION", "1.0")
        .containsEntry("PROVISIONING_PREVIOUS_VERSION", "")
        .containsEntry("PROVISIONING_CONFIG_MAX_CONNECTIONS", "10")
        .containsEntry("PROVISIONING_CONFIG_TLS_ENABLED", "false")
        .containsEntry("PROVISIONING_CONFIG_HOSTS", "a\nb")
        .containsEntry("PROVISIONING_PACKAGES", "app")
        .containsEntry("PROVISIONING_UNITS", "app.service")
        .containsEntry("PROVISIONING_HOME", "/opt/provisioning/app/1.0")
        .containsEntry("PROVISIONING_ARTIFACT", "/opt/provisioning/app/1.0/app-1.0.tar.gz")
        .containsEntry("PROVISIONING_ARTIFACT_URL", "https://example.org/app-1.0.tar.gz")
        .containsEntry("PROVISIONING_SERVER_ADDRESS", "10.0.0.1")
        .containsEntry("PROVISIONING_SERVER_OS_VERSION", "12")
        .containsEntry("PROVISIONING_MEMBERS", "web-01 10.0.0.1")
        .containsEntry("PROVISIONING_LEADER", "true");
    assertThat(environment.keySet()).noneMatch(name -> name.contains("PASSWORD"));
    assertThat(operation().secrets()).containsOnlyKeys("password");
  }

  private List<String> steps(String spec) {
    scene.apply("app", spec);
    while (scene.input("app").world().secrets().isEmpty()) {
      scene.pass("app");
      scene.things.get("app").finished.remove("op/web-01");
    }
    return names(operation().bundle());
  }

  private RunOperation operation() {
    return new TaskServPlanner()
        .plan(scene.input("app")).actions().stream()
            .filter(RunOperation.class::isInstance)
            .map(RunOperation.class::cast)
            .findFirst()
            .orElseThrow();
  }

  private static List<String> names(Bundle bundle) {
    return bundle.steps().stream().map(Bundle.Step::name).toList();
  }
}
