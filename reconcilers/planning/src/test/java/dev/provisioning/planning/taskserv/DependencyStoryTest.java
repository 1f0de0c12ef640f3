package dev.provisioning.planning.taskserv;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Services that need each other. */
class DependencyStoryTest extends Stories {
  @Test
  void dependenciesFirstAndDependantsGoFirst() {
    scene.server("db-01");
    scene.define(
        "runc", "{versions: [{version: '1.1', packages: [runc]}], provides: [oci-runtime]}");
    scene.define(
        "containerd",
        "{versions: [{version: '1.7', packages: [containerd]}], requires: [{name: oci-runtime}]}");
    chapter("containerd alone: something is missing");
    scene.apply("containerd", "{servers: {names: [db-01]}}");
    scene.settle(Duration.ofSeconds(1));
    chapter("runc arrives");
    scene.apply("runc", "{servers: {names: [db-01]}}");
    scene.settle();
    chapter("runc cannot go alone");
    scene.delete("runc");
    scene.settle(Duration.ofSeconds(1));
    chapter("both go");
    scene.delete("containerd");
    scene.settle();
  }

  @Test
  void dependenciesInstalled() {
    scene.server("db-01");
    scene.define("runc", "{versions: [{version: '1.1', packages: [runc]}]}");
    scene.define(
        "containerd",
        "{versions: [{version: '1.7', packages: [containerd]}], requires: [{name: runc, version:"
            + " '>=1.1'}]}");
    scene.apply("containerd", "{servers: {names: [db-01]}, dependencies: Install}");
    scene.settle();
  }

  @Test
  void exportsReachTheOthers() {
    scene.server("cp-1").server("cp-2");
    scene.define(
        "cluster",
        """
        versions: [{version: "1.0"}]
        exports: [{name: joinToken, command: make-token, secret: true}, {name: endpoint, command: print-endpoint}]
        files:
        - path: /etc/cluster.conf
          template: |
            {#if !server.leader}join {exports.endpoint} {exports.joinToken}{/if}
        """);
    scene.machines.get("cp-1").exports.put("endpoint", "https://10.0.0.1:6443");
    scene.apply("cluster", "{servers: {names: [cp-1, cp-2]}}");
    scene.settle();
    scene.chronicle.note(
        scene.machines.get("cp-2").files.get("/etc/cluster.conf").content().strip());
  }
}
