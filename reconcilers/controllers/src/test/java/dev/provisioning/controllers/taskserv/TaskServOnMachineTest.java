package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.taskserv.MemberDrift;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apiserver")
@Tag("machines")
class TaskServOnMachineTest {
  private static final AtomicLong EPOCHS = new AtomicLong();
  private static TestCluster cluster;
  private static TestMachine machine;
  private static Scene scene;

  @BeforeAll
  static void boot() {
    cluster = new TestCluster();
    machine = TestMachine.boot();
    scene = new Scene(cluster, machine.address());
  }

  @AfterAll
  static void stop() {
    machine.close();
    cluster.close();
  }

  /** Each is a later leader than the one before. */
  private static RunningShell start() {
    return new RunningShell(cluster, machine, EPOCHS.incrementAndGet());
  }

  @Test
  void a_service_is_installed_used_changed_and_taken_away() {
    try (RunningShell _ = start()) {
      scene.apply("one", "{level: 1}");
      scene.awaitReady("one");
      assertThat(machine.runs("one")).containsExactly("one first", "one second");
      assertThat(machine.operations("one")).hasSize(1);
      assertThat(machine.exec("cat /etc/one-level.conf")).isEqualTo("level 1\n");

      String level = machine.invocation("one-level");
      String pace = machine.invocation("one-pace");
      scene.apply("one", "{level: 2}");
      await().until(() -> machine.exec("cat /etc/one-level.conf").equals("level 2\n"));
      scene.awaitReady("one");

      assertThat(machine.invocation("one-level")).isNotEqualTo(level);
      assertThat(machine.invocation("one-pace")).isEqualTo(pace);
      assertThat(machine.runs("one")).hasSize(2);
      assertThat(machine.operations("one")).hasSize(2);

      scene.delete("one");
      assertThat(machine.runs("one")).endsWith("one farewell");
      assertThat(machine.exec("ls /etc/one-level.conf")).contains("No such file");
      assertThat(machine.exec("ls /var/lib/provisioning/taskservs")).doesNotContain("one.json");
    }
  }

  @Test
  void an_operator_killed_in_mid_step_finds_its_operation_again() {
    try (RunningShell _ = start()) {
      scene.apply("two", "{seconds: 6}");
      await().until(() -> machine.runs("two").equals(List.of("two first")));
    }

    try (RunningShell _ = start()) {
      scene.awaitReady("two");

      assertThat(machine.runs("two")).containsExactly("two first", "two second");
      assertThat(machine.operations("two")).hasSize(1);
      scene.delete("two");
    }
  }

  @Test
  void an_idle_service_is_neither_asked_nor_written_again() {
    try (RunningShell _ = start()) {
      scene.apply("three", "{}");
      scene.awaitReady("three");
      await().until(() -> !scene.member("three").health().checks().isEmpty());
      String version = scene.taskServ("three").getMetadata().getResourceVersion();

      await()
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .until(() -> scene.taskServ("three").getMetadata().getResourceVersion().equals(version));
      scene.delete("three");
    }
  }

  @Test
  void a_failed_step_shows_its_last_lines_without_secrets() {
    try (RunningShell _ = start()) {
      scene.apply("four", "{fail: true}");
      MemberStatus member =
          await()
              .until(
                  () -> scene.member("four"),
                  found -> found != null && found.lastFailure() != null);

      assertThat(member.lastFailure().step()).isEqualTo("second");
      assertThat(member.lastFailure().exitCode()).isEqualTo(7);
      assertThat(member.lastFailure().logTail())
          .contains("disk of toys is broken", "the password has 32 letters: [redacted]");
      scene.apply("four", "{fail: false}");
      scene.awaitReady("four");
      scene.delete("four");
    }
  }

  @Test
  void exports_are_shown_unless_they_are_secret() {
    try (RunningShell _ = start()) {
      scene.apply("five", "{}");
      TaskServ taskServ = scene.awaitReady("five");

      assertThat(taskServ.getStatus().exports())
          .filteredOn(export -> export.name().equals("greeting"))
          .singleElement()
          .satisfies(export -> assertThat(export.value()).isEqualTo("hello from machine"));
      assertThat(taskServ.getStatus().toString()).doesNotContain("secret-token");
      assertThat(scene.secret("five-exports")).containsEntry("token", "secret-token");
      scene.delete("five");
    }
  }

  @Test
  void what_was_changed_by_hand_is_reported_and_corrected_when_the_user_wants_it() {
    try (RunningShell _ = start()) {
      scene.apply("six", "{level: 3}");
      scene.awaitReady("six");
      machine.exec("echo 'level 9' >/etc/six-level.conf; systemctl stop six-pace");

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(scene.taskServ("six").getStatus().drift())
                      .extracting(MemberDrift::field)
                      .containsExactly("file:/etc/six-level.conf", "unit:six-pace.service"));
      assertThat(scene.message("six", "InSync"))
          .startsWith("2 differences, the first on machine: file:/etc/six-level.conf should be");
      assertThat(machine.exec("cat /etc/six-level.conf")).isEqualTo("level 9\n");

      scene.taskServ(
          "six",
          "workspace: acme, definition: toy, servers: {names: [machine]}, config: {level: 3},"
              + " drift: {mode: Correct, interval: 3s}");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> machine.exec("cat /etc/six-level.conf").equals("level 3\n"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> scene.taskServ("six").getStatus().drift().isEmpty());
      scene.awaitReady("six");
      assertThat(machine.exec("systemctl is-active six-pace")).isEqualTo("active\n");
      assertThat(machine.runs("six")).containsExactly("six first", "six second");
      scene.delete("six");
    }
  }

  @Test
  void a_definition_says_whether_it_can_be_used() {
    try (RunningShell _ = start()) {
      TaskServDefinition definition =
          await()
              .until(
                  () -> scene.definition("toy"),
                  found -> found.getStatus() != null && !found.getStatus().conditions().isEmpty());

      assertThat(definition.getStatus().conditions())
          .singleElement()
          .satisfies(
              ready -> {
                assertThat(ready.status()).isEqualTo(ConditionStatus.True);
                assertThat(ready.message())
                    .isEqualTo("2 versions; 1.0.0 unless a TaskServ says otherwise");
              });
    }
  }
}
