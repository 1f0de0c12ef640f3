package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.cluster.Remediation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines that die, and who takes their place. */
class RemediationStoryTest extends Stories {
  @Test
  void aMachineDiesForGoodAndIsReplaced() {
    scene.apply(SHOP).edit(s -> s.withRemediation(new Remediation(true, "1m", 1, "40%"))).settle();
    chapter("shop-web-01 dies");
    scene.world.servers.get("shop-web-01").dead = true;
    scene.passes(40);
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers).doesNotContainKey("shop-web-01");
    chapter("all web servers die: more than 40 %, so nobody is replaced");
    scene.world.servers.values().forEach(s -> s.dead = true);
    scene.passes(20);
    assertThat(scene.world.servers).hasSize(3);
  }

  @Test
  void aMachineThatRunsAndAnswersNobodyIsReplaced() {
    scene.apply(SHOP).edit(s -> s.withRemediation(new Remediation(true, "1m", 1, "40%"))).settle();
    chapter("shop-web-01 answers nobody any more; its provider says that it runs");
    scene.world.servers.get("shop-web-01").silent = true;
    scene.passes(40);
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers).doesNotContainKey("shop-web-01");
    chapter("shop-web-02 is silent for a moment, and stays");
    scene.world.servers.get("shop-web-02").silent = true;
    scene.passes(4);
    scene.world.servers.get("shop-web-02").silent = false;
    scene.passes(20);
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers).containsKey("shop-web-02");
  }

  @Test
  void theOnlyMachineDiesAndItsServicesMoveToANewOne() {
    scene
        .apply(
            """
            nodePools: [{name: monitor, replicas: 1, server: {plan: small, image: debian-12}}]
            components: [{name: node-exporter}, {name: prometheus, dependsOn: [node-exporter]}]
            remediation: {enabled: true, unhealthyFor: 30s}
            """)
        .settle();
    chapter("it dies");
    scene.world.servers.get("shop-monitor-01").dead = true;
    scene.passes(40);
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers).containsOnlyKeys("shop-monitor-02");
  }

  @Test
  void severalMachinesDieAndTwoAtOnceAreReplaced() {
    scene
        .apply(SHOP)
        .edit(s -> s.withReplicas(5).withRemediation(new Remediation(true, "1m", 2, "100%")))
        .settle();
    chapter("four of six machines die at once; maxInFlight is 2");
    List.of("shop-db-01", "shop-web-01", "shop-web-03", "shop-web-05")
        .forEach(name -> scene.world.servers.get(name).dead = true);
    for (int pass = 0; pass < 80; pass++) {
      scene.pass();
      assertThat(members("Healing")).as("given up").isLessThanOrEqualTo(2);
      assertThat(members("Creating")).as("successors").isLessThanOrEqualTo(2);
    }
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.machinesEver).isEqualTo(10);
  }

  private long members(String state) {
    return scene.status.members().stream().filter(m -> m.state().equals(state)).count();
  }

  @Test
  void moreThanTwoDeadMachinesAreNotReplaced() {
    scene
        .apply(SHOP)
        .edit(s -> s.withReplicas(5).withRemediation(new Remediation(true, "1m", 5, "2")))
        .settle();
    chapter("three web servers die; unhealthyLimit is 2");
    List<String> dead = List.of("shop-web-01", "shop-web-02", "shop-web-03");
    dead.forEach(name -> scene.world.servers.get(name).dead = true);
    scene.passes(20);
    assertThat(scene.world.machinesEver).isEqualTo(6);
    chapter("one comes back");
    scene.world.servers.get("shop-web-02").dead = false;
    scene.passes(60);
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers)
        .containsKey("shop-web-02")
        .doesNotContainKeys("shop-web-01", "shop-web-03");
  }
}
