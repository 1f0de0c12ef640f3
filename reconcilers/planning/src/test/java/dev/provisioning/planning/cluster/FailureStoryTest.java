package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.OnFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change that fails: taken back, left where it is, or taken away. */
class FailureStoryTest extends Stories {
  @Test
  void aConfigurationThatFailsIsRolledBack() {
    scene.apply(SHOP).edit(s -> s.withOnFailure(OnFailure.Rollback)).settle();
    assertThat(scene.ready()).isTrue();
    chapter("os gets a new time zone, nginx a configuration that breaks it");
    scene.edit(s -> config(config(s, "os", "timezone", "CET"), "nginx", "broken", "yes")).settle();
    chapter("the configuration is corrected");
    scene.edit(s -> config(s, "nginx", "gzip", "on")).settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void anUpgradeThatFailsIsRolledBack() {
    scene
        .apply(SHOP)
        .edit(s -> version(s, "nginx", "1.26").withOnFailure(OnFailure.Rollback))
        .settle();
    chapter("nginx gets a version that does not start");
    scene.edit(s -> version(s, "nginx", "0-broken")).settle();
    assertThat(scene.world.taskServs.get("shop-nginx").spec.version()).isEqualTo("1.26");
    chapter("one that does");
    scene.edit(s -> version(s, "nginx", "1.28")).settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void aClusterThatWasTakenBackIsScaledAsItIs() {
    scene.apply(SHOP).edit(s -> s.withOnFailure(OnFailure.Rollback)).settle();
    chapter("nginx gets a configuration that breaks it");
    scene.edit(s -> config(s, "nginx", "broken", "yes")).settle();
    chapter("kubectl scale cluster/shop --replicas=3");
    scene.edit(s -> s.withReplicas(3)).settle();
    assertThat(scene.world.servers).hasSize(4);
    assertThat(scene.world.taskServs.get("shop-nginx").spec.config()).isEmpty();
    chapter("the configuration is corrected");
    scene.edit(s -> config(s, "nginx", "gzip", "on")).settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void aConfigurationThatFailsIsLeftWhereItIs() {
    scene.apply(SHOP).settle();
    chapter("postgres gets a configuration that breaks it; nginx, which needs it, waits");
    scene.edit(s -> config(config(s, "postgres", "broken", "yes"), "nginx", "gzip", "on")).settle();
    chapter("the configuration is corrected");
    scene.edit(s -> config(s, "postgres", "port", "5433")).settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void aCreationThatFailsIsTakenAway() {
    chapter("a plan that does not exist");
    scene.apply(SHOP).edit(s -> s.withOnFailure(OnFailure.Rollback));
    scene.edit(s -> web(s, Map.of("plan", "huge"))).settle();
    assertThat(scene.world.servers).isEmpty();
    chapter("corrected");
    scene.edit(s -> web(s, Map.of("plan", "big"))).settle();
    assertThat(scene.ready()).isTrue();
  }
}
