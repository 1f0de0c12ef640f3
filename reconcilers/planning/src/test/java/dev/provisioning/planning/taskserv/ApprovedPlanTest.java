package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.taskserv.Phase;
import dev.provisioning.planning.ResourceRef;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who approved a plan is not asked for the rest of it. */
class ApprovedPlanTest {
  private static final int MANY = 140;

  private final Scene scene = new Scene();

  @Test
  void aLongPlanIsShownWholeAndCarriedOutToItsEndAfterOneApproval() {
    List<String> names = IntStream.rangeClosed(1, MANY).mapToObj("web-%03d"::formatted).toList();
    scene.workspace = Scene.workspace("{limits: {concurrentOperations: 100}}", true);
    scene.define("plain", "{versions: [{version: '1.0'}], install: [{name: work, run: 'true'}]}");
    names.forEach(scene::server);
    scene.apply(
        "plain", names.stream().collect(Collectors.joining(", ", "{servers: {names: [", "]}}")));
    scene.settle();
    assertThat(scene.condition("plain", "Reconciling").reason()).isEqualTo("ApprovalRequired");
    PlanStatus shown = scene.status("plain").plan();
    scene.annotate("plain", ResourceRef.APPROVE_PLAN, shown.hash());
    scene.settle();
    assertThat(scene.status("plain").phase()).isEqualTo(Phase.Ready);
    assertThat(scene.machines.values()).allMatch(machine -> machine.operations == 1);
    assertThat(shown.actions()).hasSize(MANY);
  }

  @Test
  void whatFailedAndWasRolledBackIsAskedForWhenItIsTriedAgain() {
    scene.workspace = Scene.workspace("{}", true);
    scene.define("redis").server("db-01");
    scene.apply("redis", "{servers: {names: [db-01]}, version: '7.0', onFailure: Rollback}");
    approveShown().settle();
    assertThat(scene.status("redis").phase()).isEqualTo(Phase.Ready);
    scene.apply("redis", "{servers: {names: [db-01]}, version: '8.0', onFailure: Rollback}");
    scene.machines.get("db-01").failAt = "verify";
    approveShown().settle(Duration.ofSeconds(1));
    scene.machines.get("db-01").failAt = "";
    scene.settle();
    assertThat(scene.condition("redis", "Ready").reason()).isEqualTo("RolledBack");
    scene.annotate("redis", ResourceRef.RECONCILE_REQUESTED_AT, "again");
    scene.settle();
    assertThat(scene.condition("redis", "Reconciling").reason()).isEqualTo("ApprovalRequired");
    approveShown().settle();
    assertThat(scene.status("redis").installedVersion()).isEqualTo("8.0");
  }

  private Scene approveShown() {
    scene.settle();
    scene.annotate("redis", ResourceRef.APPROVE_PLAN, scene.status("redis").plan().hash());
    return scene;
  }
}
