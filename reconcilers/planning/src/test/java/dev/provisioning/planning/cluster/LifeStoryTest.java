package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Cost;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.Mode;
import dev.provisioning.api.cluster.RolloutStrategy;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One Cluster, from nothing to gone, as people want it and allow it. */
class LifeStoryTest extends Stories {
  private static final String POSTGRES =
      """
      category: Databases
      description: A database.
      versions: [{version: "15", packages: [postgresql-15], default: true}, {version: "13"}]
      install: [{name: cluster, run: make}]
      files: [{path: /etc/postgresql/conf.d/own.conf, template: x}, {path: "/etc/{version}/y", template: x}]
      configure: [{name: users, run: make}]
      units: [postgresql]
      uninstall: [{name: stop, run: halt}]
      dataPaths: [/var/lib/postgresql]
      """;

  @Test
  void fromNothingToGone() {
    chapter("a database and two web servers");
    scene.apply(SHOP).settle();
    assertThat(scene.ready()).isTrue();
    chapter("deleted: services before machines, dependants first");
    scene.delete();
    scene.settle();
    assertThat(scene.world.letGo).isTrue();
  }

  @Test
  void scaledUpAndDown() {
    scene.apply(SHOP).settle();
    chapter("kubectl scale cluster/shop --replicas=3");
    scene.edit(s -> s.withReplicas(3)).settle();
    assertThat(scene.ready()).isTrue();
    chapter("kubectl scale cluster/shop --replicas=1");
    scene.edit(s -> s.withReplicas(1)).settle();
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers).containsOnlyKeys("shop-db-01", "shop-web-01");
  }

  @Test
  void scaledInThePoolThatItNames() {
    scene.apply(SHOP).edit(s -> s.withScaledPool("db")).settle();
    chapter("kubectl scale cluster/shop --replicas=3; scaledPool is db");
    scene.edit(s -> s.withReplicas(3)).settle();
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.servers)
        .containsOnlyKeys("shop-db-01", "shop-db-02", "shop-db-03", "shop-web-01", "shop-web-02");
    assertThat(scene.status.replicas()).isEqualTo(3);
  }

  @Test
  void upgradedWhatOthersNeedFirst() {
    scene.apply(SHOP).edit(s -> version(version(s, "postgres", "15"), "nginx", "1.26")).settle();
    chapter("postgres 17 and nginx 1.28 in one change");
    scene.edit(s -> version(version(s, "postgres", "17"), "nginx", "1.28")).settle();
    assertThat(scene.ready()).isTrue();
    assertThat(scene.world.taskServs.get("shop-postgres").spec.version()).isEqualTo("17");
  }

  @Test
  void anotherImageOneMachineAfterTheOther() {
    scene.apply(SHOP).settle();
    chapter("image debian-13 for the web servers, 20 s of health in between");
    scene
        .edit(
            s ->
                web(s, Map.of("plan", "small", "image", "debian-13"))
                    .withStrategy(new RolloutStrategy(1, 0, "20s")))
        .settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void machinesThatServeAreReplacedInMaintenanceWindowsOnly() {
    scene.workspace =
        new ClusterWorld.Workspace(
            "acme", false, false, false, List.of(new MaintenanceWindow("0 2 * * *", "1h", null)));
    scene.apply(SHOP).settle();
    chapter("image debian-13 for the web servers; the window opens at two");
    scene.edit(s -> web(s, Map.of("plan", "small", "image", "debian-13"))).settle();
    assertThat(scene.ready()).isFalse();
    chapter("at two");
    scene.now = Instant.parse("2026-01-01T02:00:00Z");
    scene.settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void approvedByHash() {
    scene.workspace = new ClusterWorld.Workspace("acme", true, false, false, List.of());
    scene.quotes.put(
        "web", new Quote("small", "a", Optional.of(new Cost("0.0100", "7.00", "EUR"))));
    scene.services.put("postgres", Scene.read(POSTGRES, TaskServDefinitionSpec.class));
    chapter("the Workspace asks for approval");
    scene.apply(SHOP).settle();
    showPlan();
    chapter("approved");
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.plan().hash());
    scene.settle();
    assertThat(scene.ready()).isTrue();
    chapter("a later change asks again");
    scene.edit(s -> s.withReplicas(3)).settle();
    chapter("and so does a service that nobody wants any more");
    scene
        .edit(
            s ->
                s.withReplicas(2)
                    .withDataPolicy(DataPolicy.Delete)
                    .withComponents(
                        List.of(
                            s.components().get(0), s.components().get(2).withDependsOn(List.of()))))
        .settle();
    showPlan();
  }

  @Test
  void plannedSuspendedAndGone() {
    chapter("mode Plan");
    scene.apply(SHOP).edit(s -> s.withMode(Mode.Plan)).settle();
    chapter("mode Apply, but suspended");
    scene.edit(s -> s.withMode(Mode.Apply).withSuspend(true)).settle();
    chapter("deleted: nothing was ever made");
    scene.delete();
    scene.settle();
  }

  private void showPlan() {
    scene.told.add("the plan:");
    scene
        .status
        .plan()
        .actions()
        .forEach(
            a ->
                scene.told.add(
                    "  %s %s"
                        .formatted(
                            Boolean.TRUE.equals(a.destructive()) ? "!" : "-", a.description())));
  }
}
