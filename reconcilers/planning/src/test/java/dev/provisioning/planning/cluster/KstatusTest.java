package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.Remediation;
import dev.provisioning.planning.Conditions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flux and {@code kubectl wait} conclude in every state of a Cluster. */
class KstatusTest {
  private static final String SHOP =
      """
      nodePools: [{name: web, replicas: 2, server: {plan: small, image: debian-12}}]
      components: [{name: nginx}]
      """;

  record Row(String state, Consumer<Scene> arrange, String kstatus, String reason) {
    @Override
    public String toString() {
      return state;
    }
  }

  static Stream<Row> states() {
    return Stream.of(
        new Row("creating", s -> s.passes(1), "InProgress", "CreateServer"),
        new Row("machines on their way", s -> s.passes(2), "InProgress", "CreateMachine"),
        new Row("ready", Scene::settle, "Current", "Ready"),
        new Row("edited, not seen yet", s -> s.settle().edit(c -> c), "InProgress", "Ready"),
        new Row(
            "scaling",
            s -> s.settle().edit(c -> c.withReplicas(3)).passes(1),
            "InProgress",
            "CreateServer"),
        new Row(
            "planned only",
            s -> s.edit(c -> c.withMode(Mode.Plan)).settle(),
            "InProgress",
            "PlanOnly"),
        new Row(
            "suspended", s -> s.edit(c -> c.withSuspend(true)).settle(), "InProgress", "Suspended"),
        new Row(
            "waits for approval",
            s -> {
              s.workspace = new ClusterWorld.Workspace("acme", true, false, false, List.of());
              s.settle();
            },
            "InProgress",
            "ApprovalRequired"),
        new Row("wrong plan", s -> plan(s, "huge").settle(), "Failed", "PlanNotFound"),
        new Row(
            "rolled back",
            s -> plan(s.edit(c -> c.withOnFailure(OnFailure.Rollback)).settle(), "huge").settle(),
            "Failed",
            "RolledBack"),
        new Row(
            "scaled pool that is not there",
            s -> s.edit(c -> c.withScaledPool("nope")).settle(),
            "Failed",
            "PoolNotFound"),
        new Row(
            "a machine is gone",
            s -> {
              s.settle();
              s.world.servers.get("shop-web-01").dead = true;
              s.passes(3);
            },
            "Failed",
            "MachineNotFound"),
        new Row(
            "a machine is gone and will be replaced",
            s -> {
              s.edit(c -> c.withRemediation(new Remediation(true, "5m", 1, "40%"))).settle();
              s.world.servers.get("shop-web-01").dead = true;
              s.passes(3);
            },
            "InProgress",
            "MemberBroken"),
        new Row("name taken", s -> s.taken.add("TaskServ shop-nginx"), "Failed", "NameTaken"),
        new Row(
            "protected",
            s -> {
              s.edit(c -> c.withDeletionProtection(true)).settle().delete();
              s.passes(1);
            },
            "Failed",
            "DeletionProtected"),
        new Row(
            "deleting",
            s -> {
              s.settle().delete();
              s.passes(2);
            },
            "Terminating",
            "Deleting"));
  }

  private static Scene plan(Scene scene, String plan) {
    return scene.edit(
        c ->
            c.withNodePools(
                List.of(
                    c.nodePools()
                        .getFirst()
                        .withServer(
                            Map.of(
                                "plan", TextNode.valueOf(plan),
                                "image", TextNode.valueOf("debian-12"))))));
  }

  @ParameterizedTest
  @MethodSource("states")
  void programsConcludeWhatPeopleWould(Row row) {
    Scene scene = new Scene().apply(SHOP);
    row.arrange().accept(scene);
    if (scene.status == null) {
      scene.passes(1);
    }
    assertThat(kstatus(scene)).isEqualTo(row.kstatus());
    assertThat(condition(scene, Conditions.READY).map(Condition::reason).orElse(""))
        .isEqualTo(row.reason());
    assertThat(scene.status.conditions())
        .as("Reconciling and Stalled exist only while True")
        .noneMatch(
            c ->
                (c.type().equals(Conditions.RECONCILING) || c.type().equals(Conditions.STALLED))
                    && c.status() != ConditionStatus.True);
  }

  /** The rules of kstatus for a kind that it does not know. */
  private static String kstatus(Scene scene) {
    if (condition(scene, Conditions.STALLED).isPresent()) {
      return "Failed";
    }
    if (scene.deletedAt != null) {
      return "Terminating";
    }
    boolean seen = Long.valueOf(scene.generation).equals(scene.status.observedGeneration());
    boolean ready =
        condition(scene, Conditions.READY)
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
    boolean reconciling = condition(scene, Conditions.RECONCILING).isPresent();
    return seen && ready && !reconciling ? "Current" : "InProgress";
  }

  private static Optional<Condition> condition(Scene scene, String type) {
    return Conditions.find(scene.status.conditions(), type);
  }
}
