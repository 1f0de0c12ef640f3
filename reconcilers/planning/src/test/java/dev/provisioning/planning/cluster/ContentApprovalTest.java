package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.Remediation;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who approves a plan approves all that it does, also what its sentences leave out. */
class ContentApprovalTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void aPlanIsShown() {
    scene.workspace = new ClusterWorld.Workspace("acme", true, false, false, List.of());
    scene
        .apply(Stories.SHOP)
        .edit(s -> s.withRemediation(new Remediation(true, "1m", 1, "100%")))
        .settle();
  }

  @Test
  void anotherConfigurationAfterTheReadingAsksAgainAndMakesNothing() {
    String read = scene.status.plan().hash();
    scene.edit(s -> Stories.config(s, "nginx", "gzip", "on"));
    approve(read).settle();
    assertThat(scene.world.servers).isEmpty();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    approveShown().settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void afterAChangeWasTakenBackGivingUpAMachineIsAskedFor() {
    approveShown().settle();
    scene
        .edit(s -> Stories.config(s.withOnFailure(OnFailure.Rollback), "nginx", "broken", "yes"))
        .settle();
    approveShown().settle();
    assertThat(scene.ready()).as("taken back").isFalse();
    scene.world.servers.get("shop-web-01").dead = true;
    scene.passes(40);
    assertThat(scene.world.servers).containsKey("shop-web-01");
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
  }

  private Scene approveShown() {
    return approve(scene.status.plan().hash());
  }

  private Scene approve(String hash) {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, hash);
    return scene;
  }
}
