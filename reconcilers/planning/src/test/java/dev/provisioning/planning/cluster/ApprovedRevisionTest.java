package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An approval holds on the way to what was shown, and neither beside that way nor afterwards. */
class ApprovedRevisionTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void aClusterServes() {
    scene.workspace = new ClusterWorld.Workspace("acme", true, false, false, List.of());
    scene.apply(Stories.SHOP).edit(s -> s.withOnFailure(OnFailure.Rollback)).settle();
    approveShown().settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void anApprovalEndsWithWhatItWasFor() {
    assertThat(scene.status.approvedRevision()).isNull();
  }

  @Test
  void dataThatWasToStayIsNotDeletedByALaterPolicy() {
    scene.edit(ApprovedRevisionTest::onlyOs).settle();
    approveShown().pass();
    assertThat(scene.world.taskServs).as("waits for nginx").containsKey("shop-postgres");
    scene.edit(s -> s.withDataPolicy(DataPolicy.Delete));
    for (int pass = 0; pass < 20; pass++) {
      Plan<ClusterAction> plan = scene.pass();
      assertThat(plan.front()).noneMatch(ClusterAction::destructive);
    }
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    scene.edit(s -> s.withDataPolicy(null)).pass();
    approveShown().settle();
    assertThat(scene.world.taskServs).containsOnlyKeys("shop-os");
  }

  @Test
  void aRevisionThatFailedIsAskedForWhenItComesAgain() {
    ClusterSpec first = scene.spec;
    ClusterSpec second = Stories.config(first, "nginx", "broken", "yes");
    scene.apply(second).settle();
    approveShown().settle();
    assertThat(scene.condition("Stalled").reason()).isEqualTo("RolledBack");
    scene.apply(first).settle();
    assertThat(scene.ready()).isTrue();
    scene.apply(second).passes(20);
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(scene.world.taskServs.get("shop-nginx").spec.config()).isEmpty();
  }

  @Test
  void whatFailedIsAskedForWhenItIsToBeTriedAgain() {
    scene.edit(s -> Stories.config(s, "nginx", "broken", "yes")).settle();
    approveShown().settle();
    scene.annotations.put(ResourceRef.RECONCILE_REQUESTED_AT, "now");
    scene.passes(20);
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    approveShown().pass();
    assertThat(scene.condition("Reconciling").reason()).isNotEqualTo("ApprovalRequired");
  }

  @Test
  void anApprovalOfWhatIsWantedNoMoreIsForgotten() {
    ClusterSpec first = scene.spec;
    ClusterSpec second = onlyOs(first);
    scene.apply(second).settle();
    approveShown().pass();
    scene.apply(first.withReplicas(3)).pass();
    scene.apply(second).passes(20);
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void anotherPolicyOnTheWayBackIsAskedFor() {
    scene.edit(s -> Stories.config(s, "nginx", "broken", "yes")).settle();
    approveShown();
    while (scene.status.rejected() == null) {
      scene.pass();
    }
    scene.edit(s -> s.withDataPolicy(DataPolicy.Delete)).passes(20);
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(scene.world.taskServs.get("shop-postgres").spec.dataPolicy()).isNull();
  }

  @Test
  void scalingWhatWasTakenBackIsAskedFor() {
    scene.edit(s -> Stories.config(s, "nginx", "broken", "yes")).settle();
    approveShown().settle();
    scene.edit(s -> s.withReplicas(3)).settle();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(scene.world.servers).hasSize(3);
    approveShown().settle();
    assertThat(scene.world.servers).hasSize(4);
    assertThat(scene.condition("Stalled").reason()).isEqualTo("RolledBack");
  }

  private static ClusterSpec onlyOs(ClusterSpec spec) {
    return spec.withComponents(List.of(spec.components().getFirst()));
  }

  private Scene approveShown() {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.plan().hash());
    return scene;
  }
}
