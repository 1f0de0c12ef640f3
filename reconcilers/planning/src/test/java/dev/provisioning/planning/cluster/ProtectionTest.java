package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.cluster.Remediation;
import dev.provisioning.api.cluster.Revision;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody's deletion, the garbage collector's neither, takes a child of a protected Cluster. */
class ProtectionTest {
  private final Scene scene = new Scene();

  @AfterEach
  void nothingWasDoneWrong() {
    assertThat(scene.world.wrongs).isEmpty();
  }

  @Test
  void childrenCarryTheWordOfTheirCluster() {
    scene.apply(Stories.SHOP).edit(s -> s.withDeletionProtection(true)).settle();
    assertThat(scene.ready()).isTrue();
    assertCarried(true);
  }

  @Test
  void childrenOfBeforeGetItWithoutRolloutAndApproval() {
    scene.apply(Stories.SHOP).settle();
    Revision good = scene.status.lastGood();
    workspace(true, false);
    scene.edit(s -> s.withDeletionProtection(true)).settle();
    assertThat(scene.ready()).isTrue();
    assertCarried(true);
    assertThat(scene.status.lastGood()).isEqualTo(good);
    scene.edit(s -> s.withDeletionProtection(null)).settle();
    assertThat(scene.ready()).isTrue();
    assertCarried(null);
  }

  @Test
  void itDoesNotWaitForTheApprovalOfSomethingElseAndLeavesItsHash() {
    scene.apply(Stories.SHOP).settle();
    workspace(true, false);
    scene.edit(s -> s.withReplicas(3)).settle();
    scene.edit(s -> s.withDeletionProtection(true)).pass();
    String asked = scene.status.plan().hash();
    scene.settle();
    assertCarried(true);
    assertThat(scene.status.plan().hash()).isEqualTo(asked);
    assertThat(scene.world.servers).hasSize(3);
  }

  @Test
  void aServerThatSomebodyDeletesKeepsItsMachineAndItsServices() {
    scene
        .apply(Stories.SHOP)
        .edit(s -> s.withDeletionProtection(true))
        .edit(s -> s.withRemediation(new Remediation(true, "1m", 1, "100%")))
        .settle();
    scene.world.servers.get("shop-db-01").delete(scene.now);
    scene.passes(40);
    assertThat(scene.world.machinesEver).isEqualTo(3);
    assertThat(scene.world.taskServs.get("shop-postgres").installed).containsOnlyKeys("shop-db-01");
    assertThat(scene.condition("Stalled").message()).contains("shop-db-01");
    scene.edit(s -> s.withDeletionProtection(false)).settle();
    assertThat(scene.ready()).as("given free, it went and another came").isTrue();
    assertThat(scene.world.machinesEver).isEqualTo(4);
  }

  @Test
  void whatTheGarbageCollectorDeletesGoesInOrderWhenTheClusterMayGo() {
    scene.apply(Stories.SHOP).edit(s -> s.withDeletionProtection(true)).settle();
    deleteInForeground();
    scene.passes(20);
    assertThat(scene.world.servers).hasSize(3);
    assertThat(scene.world.taskServs.get("shop-nginx").installed).hasSize(2);
    scene.edit(s -> s.withDeletionProtection(false)).settle();
    assertThat(scene.world.letGo).isTrue();
  }

  @Test
  void aClusterThatMayGoTakesTheWorkspacesProtectionOffItsChildren() {
    scene.apply(Stories.SHOP).settle();
    workspace(false, true);
    scene.spec = scene.spec.withDeletionProtection(false);
    deleteInForeground();
    scene.settle();
    assertThat(scene.world.letGo).isTrue();
  }

  @Test
  void aProtectedClusterShrinksAndReplacesItsMachines() {
    scene.apply(Stories.SHOP).edit(s -> s.withDeletionProtection(true)).settle();
    scene.edit(s -> s.withReplicas(1)).settle();
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers).hasSize(2);
  }

  private void assertCarried(Boolean wanted) {
    assertThat(scene.world.servers.values())
        .allMatch(s -> Objects.equals(s.spec.deletionProtection(), wanted));
    assertThat(scene.world.taskServs.values())
        .allMatch(t -> Objects.equals(t.spec.deletionProtection(), wanted));
  }

  private void workspace(boolean asks, boolean protects) {
    scene.workspace = new ClusterWorld.Workspace("acme", asks, protects, false, List.of());
    scene.world.protects = protects;
  }

  private void deleteInForeground() {
    scene.delete();
    scene.world.servers.values().forEach(s -> s.delete(scene.now));
    scene.world.taskServs.values().forEach(t -> t.delete(scene.now));
  }
}
