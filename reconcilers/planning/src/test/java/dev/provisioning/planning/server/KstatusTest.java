package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flux and {@code kubectl wait} conclude in every state of a Server. */
class KstatusTest {
  record Row(String state, Consumer<World> arrange, String kstatus, String reason) {
    @Override
    public String toString() {
      return state;
    }
  }

  static Stream<Row> states() {
    return Stream.of(
        new Row("never looked at", w -> {}, "InProgress", ""),
        new Row("creating", w -> w.passes(1, seconds(5)), "InProgress", "CreateMachine"),
        new Row("booting", w -> w.passes(4, seconds(5)), "InProgress", "MachineBooting"),
        new Row("ready", World::settle, "Current", "Ready"),
        new Row("edited, not seen yet", w -> w.settle().edit(s -> s), "InProgress", "Ready"),
        new Row(
            "stopping",
            w -> w.settle().edit(s -> s.withPowerState(PowerState.Stopped)).passes(1, seconds(5)),
            "InProgress",
            "StopMachine"),
        new Row(
            "stopped as wanted",
            w -> w.settle().edit(s -> s.withPowerState(PowerState.Stopped)).settle(),
            "Current",
            "Stopped"),
        new Row(
            "wrong plan", w -> w.edit(s -> s.withPlan("huge")).settle(), "Failed", "PlanNotFound"),
        new Row(
            "wrong image",
            w -> w.edit(s -> s.withImage("debian-99")).settle(),
            "Failed",
            "ImageNotFound"),
        new Row(
            "beyond its provider",
            w -> {
              w.lacks.add("power");
              w.edit(s -> s.withPowerState(PowerState.Stopped)).settle();
            },
            "Failed",
            "PowerUnsupported"),
        new Row(
            "no capacity",
            w -> {
              w.cloud.sellOut("sim-2x4", "sim-a");
              w.cloud.sellOut("sim-2x4", "sim-b");
              w.settle();
            },
            "InProgress",
            "CapacityUnavailable"),
        new Row(
            "no room",
            w -> {
              w.surroundings =
                  new Surroundings(
                      List.of(),
                      Optional.empty(),
                      Optional.of(
                          new Failure.Waiting("QuotaExceeded", "10 of 10 used", seconds(60))),
                      Optional.empty());
              w.settle();
            },
            "InProgress",
            "QuotaExceeded"),
        new Row(
            "replace required",
            w -> w.settle().edit(s -> s.withImage("debian-13")).settle(),
            "Failed",
            "ReplaceRequired"),
        new Row(
            "approval required",
            w -> {
              w.policy = new WorkspaceView.Policy(false, true, false, List.of(), List.of());
              w.settle();
            },
            "InProgress",
            "ApprovalRequired"),
        new Row(
            "planned only",
            w -> w.edit(s -> s.withMode(Mode.Plan)).settle(),
            "InProgress",
            "PlanOnly"),
        new Row(
            "suspended before it was made",
            w -> w.edit(s -> s.withSuspend(true)).settle(),
            "InProgress",
            "Suspended"),
        new Row(
            "suspended when ready",
            w -> w.settle().edit(s -> s.withSuspend(true)).settle(),
            "Current",
            "Ready"),
        new Row(
            "drifted",
            w -> {
              w.settle();
              w.cloud.alter(
                  new MachineId(w.status.machine().id()), new Change.SetTags(Map.of("a", "b")));
              w.settle();
            },
            "Current",
            "Ready"),
        new Row(
            "stopped by somebody else",
            w -> {
              w.settle();
              w.cloud.alter(new MachineId(w.status.machine().id()), new Change.Power(false));
              w.settle();
            },
            "Failed",
            "MachineStopped"),
        new Row(
            "vanished",
            w -> {
              w.settle();
              w.cloud.vanish(new MachineId(w.status.machine().id()));
              w.settle();
            },
            "Failed",
            "MachineNotFound"),
        new Row(
            "in error for long",
            w -> {
              w.cloud.failNextLaunch("HardwareError");
              w.passes(30, Duration.ofMinutes(1));
            },
            "Failed",
            "MachineError"),
        new Row(
            "provider refuses",
            w -> {
              w.settle();
              w.cloud.breakDown(new Failure.Denied("CredentialsInvalid", "token refused"));
              w.settle();
            },
            "Failed",
            "CredentialsInvalid"),
        new Row(
            "protected",
            w -> w.edit(s -> s.withDeletionProtection(true)).settle().delete().settle(),
            "Failed",
            "DeletionProtected"),
        new Row(
            "deleting",
            w -> w.settle().delete().passes(2, seconds(3)),
            "Terminating",
            "InProgress"));
  }

  @ParameterizedTest
  @MethodSource("states")
  void programsConcludeWhatPeopleWould(Row row) {
    World world = new World(SimulatedSettings.cloudlike());
    row.arrange().accept(world);
    assertThat(kstatus(world)).isEqualTo(row.kstatus());
    assertThat(condition(world.status, Conditions.READY).map(Condition::reason).orElse(""))
        .isEqualTo(row.reason());
    assertThat(world.status.conditions())
        .as("Reconciling and Stalled exist only while True")
        .noneMatch(
            c ->
                (c.type().equals(Conditions.RECONCILING) || c.type().equals(Conditions.STALLED))
                    && c.status() != ConditionStatus.True);
  }

  /** The rules of kstatus for a kind that it does not know. */
  private static String kstatus(World world) {
    ServerStatus status = world.status;
    if (condition(status, Conditions.STALLED).isPresent()) {
      return "Failed";
    }
    if (world.deletedAt.isPresent()) {
      return "Terminating";
    }
    boolean seen = Long.valueOf(world.generation).equals(status.observedGeneration());
    boolean ready =
        condition(status, Conditions.READY)
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
    boolean reconciling = condition(status, Conditions.RECONCILING).isPresent();
    return seen && ready && !reconciling ? "Current" : "InProgress";
  }

  private static Optional<Condition> condition(ServerStatus status, String type) {
    return Conditions.find(status.conditions(), type);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
