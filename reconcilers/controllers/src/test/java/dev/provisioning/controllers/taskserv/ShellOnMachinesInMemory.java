package dev.provisioning.controllers.taskserv;

import dev.provisioning.planning.taskserv.definition.Release;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the shell of services stand on: a real API server, and machines in memory. */
abstract class ShellOnMachinesInMemory {
  private static final AtomicLong EPOCHS = new AtomicLong();

  static TestCluster cluster;
  final List<Release> releases = new CopyOnWriteArrayList<>();
  InMemoryMachines machines;
  Scene scene;

  @BeforeAll
  static void connect() {
    cluster = new TestCluster();
  }

  @AfterAll
  static void leave() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    machines = new InMemoryMachines();
    scene = Scene.bare(cluster, cluster.another());
  }

  @AfterEach
  void end() {
    machines.mend();
    machines.letGo();
  }

  RunningShell start(String... namespaces) {
    machines.mend();
    return new RunningShell(
        cluster,
        new RunningShell.Place(
            Set.of(namespaces.length == 0 ? new String[] {scene.namespace()} : namespaces),
            cluster.namespace(),
            machines,
            source -> releases,
            server -> InMemoryMachines.target(server.getMetadata().getUid())),
        EPOCHS.incrementAndGet());
  }
}
