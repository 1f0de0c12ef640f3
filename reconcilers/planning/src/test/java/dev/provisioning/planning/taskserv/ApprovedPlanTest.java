package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.taskserv.Phase;
import dev.provisioning.planning.ResourceRef;
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
}
