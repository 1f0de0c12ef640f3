package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.cluster.Remediation;
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
}
