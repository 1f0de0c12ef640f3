package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.RolloutStrategy;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What serves already is not taken away as a creation that failed, though nothing was good yet. */
class FailedCreationTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void everythingServesAndTheHealthGateRuns() {
    define("os", "[]");
    define("nginx", "[]");
    define("postgres", "[/var/lib/postgresql]");
    scene
        .apply(Stories.SHOP)
        .edit(s -> s.withOnFailure(OnFailure.Rollback))
        .edit(s -> s.withStrategy(new RolloutStrategy(1, 1, "10m")))
        .passes(20);
    assertThat(scene.status.lastGood()).isNull();
    assertThat(scene.status.members()).hasSize(3).allMatch(m -> m.ready());
  }

  @Test
  void aWrongConfigurationLeavesMachinesThatHaveData() {
    scene.edit(s -> Stories.config(s, "nginx", "broken", "yes")).passes(100);
    assertThat(scene.world.servers).hasSize(3);
    assertThat(scene.condition("Stalled").message())
        .isEqualTo(
            "TaskServ shop-nginx: step 2/3 start failed on shop-web-01; nothing is taken away,"
                + " since services that keep data are there: change the spec to try again");
    scene.edit(s -> Stories.config(s, "nginx", "gzip", "on")).passes(200);
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.machinesEver).isEqualTo(3);
  }

  @Test
  void whatWasTakenAwayIsTriedAgainWithAnotherNumberOfMachines() {
    define("postgres", "[]");
    scene.edit(s -> Stories.config(s, "nginx", "broken", "yes")).passes(100);
    assertThat(scene.world.servers).isEmpty();
    assertThat(scene.condition("Stalled").message())
        .endsWith(
            "everything is back to nothing: what was made is taken away;"
                + " change the spec to try again");
    int made = scene.world.machinesEver;
    scene.edit(s -> s.withReplicas(3)).passes(100);
    assertThat(scene.world.machinesEver).isEqualTo(made + 4);
  }

  @Test
  void aMachineThatSomebodyStopsIsNoFailedCreation() {
    define("postgres", "[]");
    scene.world.servers.get("shop-web-01").stopped = true;
    scene.passes(20);
    assertThat(scene.world.servers).hasSize(3);
    assertThat(scene.condition("Stalled").reason()).isEqualTo("MachineStopped");
  }

  @Test
  void aMachineThatHadJoinedIsNoFailedCreation() {
    define("postgres", "[]");
    scene.edit(s -> Stories.web(s, Map.of("plan", "huge", "image", "debian-12"))).passes(100);
    assertThat(scene.world.servers).hasSize(3);
    assertThat(scene.condition("Stalled").reason()).isEqualTo("PlanNotFound");
  }

  private void define(String name, String dataPaths) {
    scene.services.put(
        name,
        Scene.read(
            "{category: Databases, description: A service., versions: [{version: '1'}], dataPaths: %s}"
                .formatted(dataPaths),
            TaskServDefinitionSpec.class));
  }
}
