package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.testkit.ssh.BundleDraft;
import dev.provisioning.testkit.ssh.MachineContainer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real machine, and everything that can break between it and us in the middle of a step. */
@Tag("machines")
class BrokenMachineTest {
  private static MachineContainer machine;
  private final String mine = "f" + UUID.randomUUID().toString().substring(0, 8);
  private SshRemoteShell shell = new SshRemoteShell(SshSettings.defaults());

  @BeforeAll
  static void boot() {
    machine = MachineContainer.boot("ssh-contract");
  }

  @AfterAll
  static void stop() {
    machine.close();
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private void awaitLine() {
    Awaitility.await().until(() -> lines().startsWith("x"));
  }

  private String lines() {
    return machine.exec("cat /root/" + mine + " 2>/dev/null || true").replace("\n", "");
  }

  @Test
  void a_connection_that_is_cut_in_mid_step_is_made_again_and_the_step_ran_once() {
    try (var proxy = new CuttingProxy(machine.address(), 22)) {
      var target = machine.target("root", "127.0.0.1", proxy.port());
      var operation = Operations.of(Operations.slow(mine, 4));
      shell.start(target, operation);
      var end = CompletableFuture.supplyAsync(() -> shell.await(target, operation.id(), _ -> {}));
      awaitLine();
      proxy.cut();
      assertThat(end.orTimeout(30, TimeUnit.SECONDS).join().state()).isEqualTo(State.SUCCEEDED);
      assertThat(proxy.connections()).isGreaterThan(1);
      assertThat(lines()).isEqualTo("xy");
    }
  }

  @Test
  void a_peer_that_falls_silent_in_mid_step_is_noticed_and_attached_to_again() {
    shell.close();
    shell = new SshRemoteShell(SshSettings.defaults().withKeepAlive(Duration.ofSeconds(1), 1));
    try (var proxy = new CuttingProxy(machine.address(), 22)) {
      var target = machine.target("root", "127.0.0.1", proxy.port());
      var operation = Operations.of(Operations.slow(mine, 6));
      shell.start(target, operation);
      var end = CompletableFuture.supplyAsync(() -> shell.await(target, operation.id(), _ -> {}));
      awaitLine();
      proxy.goSilent();
      proxy.heal();
      assertThat(end.orTimeout(30, TimeUnit.SECONDS).join().state()).isEqualTo(State.SUCCEEDED);
      assertThat(lines()).isEqualTo("xy");
    }
  }

  @Test
  void a_second_operator_attaches_to_what_a_killed_one_started() {
    var operation = Operations.of(Operations.slow(mine, 3));
    shell.start(machine.target(), operation);
    awaitLine();
    var killed = shell;
    var waiting =
        CompletableFuture.supplyAsync(
            () ->
                Operations.failureOf(
                    () -> killed.await(machine.target(), operation.id(), _ -> {})));
    shell.close();
    assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join().reason()).isEqualTo("ConnectionLost");
    shell = new SshRemoteShell(SshSettings.defaults());
    var seen = new CopyOnWriteArrayList<OperationReport>();
    assertThat(shell.start(machine.target(), operation).state()).isEqualTo(State.RUNNING);
    assertThat(shell.await(machine.target(), operation.id(), seen::add).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(seen.getFirst().step()).isEqualTo("slow");
    assertThat(lines()).isEqualTo("xy");
  }

  @Test
  void a_reboot_in_mid_step_is_told_as_lost_and_the_check_decides() {
    var operation = Operations.of(Operations.slow(mine, 30));
    shell.start(machine.target(), operation);
    awaitLine();
    machine.reboot();
    lostThenChecked(operation);
  }

  @Test
  void a_power_cut_in_mid_step_is_told_as_lost_and_the_check_decides() {
    var operation = Operations.of(Operations.slow(mine, 30));
    shell.start(machine.target(), operation);
    awaitLine();
    machine.powerCycle();
    lostThenChecked(operation);
  }

  @Test
  void a_killed_runner_is_told_as_lost() {
    var operation = Operations.of(Operations.slow(mine, 30));
    shell.start(machine.target(), operation);
    awaitLine();
    machine.exec("systemctl kill -s KILL provisioning-" + operation.id());
    lostThenChecked(operation);
  }

  @Test
  void a_step_that_outlives_its_runner_is_not_lost_before_it_is_dead() {
    var stubborn =
        "echo x >>/root/%1$s; trap '' TERM; for i in $(seq 1 8); do sleep 0.5; done; touch /root/%1$s.done"
            .formatted(mine);
    var bundle =
        new BundleDraft(mine)
            .run("stubborn", stubborn, BundleDraft.unless("test -e /root/" + mine + ".done"))
            .build();
    var operation = Operations.of(bundle);
    shell.start(machine.target(), operation);
    awaitLine();
    machine.exec("systemctl kill --kill-who=main -s KILL provisioning-" + operation.id());
    assertThat(shell.report(machine.target(), operation.id()).state()).isEqualTo(State.RUNNING);
    assertThat(shell.await(machine.target(), operation.id(), _ -> {}).state())
        .isEqualTo(State.LOST);
    assertThat(machine.exec("ls /root/" + mine + ".done")).contains(mine);
    var next = Operations.of(bundle);
    shell.start(machine.target(), next);
    assertThat(shell.await(machine.target(), next.id(), _ -> {}).skipped()).isEqualTo(1);
    assertThat(lines()).isEqualTo("x");
  }

  @Test
  void a_machine_that_stays_away_is_given_up_and_the_operation_found_later() {
    shell.close();
    shell = new SshRemoteShell(SshSettings.defaults().withAttachDeadline(Duration.ofSeconds(2)));
    var operation = Operations.of(Operations.slow(mine, 3));
    var proxy = new CuttingProxy(machine.address(), 22);
    var target = machine.target("root", "127.0.0.1", proxy.port());
    shell.start(target, operation);
    var failure =
        CompletableFuture.supplyAsync(
            () -> Operations.failureOf(() -> shell.await(target, operation.id(), _ -> {})));
    awaitLine();
    proxy.close();
    var lost = failure.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(lost).isInstanceOf(Failure.Transient.class);
    assertThat(lost.reason()).isEqualTo("ConnectionLost");
    assertThat(shell.await(machine.target(), operation.id(), _ -> {}).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(lines()).isEqualTo("xy");
  }

  private void lostThenChecked(RemoteOperation operation) {
    // The step had come to its end in truth; only nobody wrote it down.
    machine.exec("touch /root/" + mine + ".done");
    var lost = shell.await(machine.target(), operation.id(), _ -> {});
    assertThat(lost.state()).isEqualTo(State.LOST);
    assertThat(lost.text()).isEqualTo("the machine stopped or restarted while step 1 ran");
    assertThat(shell.start(machine.target(), operation).state())
        .as("the same try stays lost")
        .isEqualTo(State.LOST);
    var next = Operations.of(operation.bundle());
    shell.start(machine.target(), next);
    var end = shell.await(machine.target(), next.id(), _ -> {});
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(end.skipped()).isEqualTo(1);
    assertThat(lines()).isEqualTo("xy");
  }

  @Test
  void a_full_disk_under_the_protocol_itself_is_named_and_heals() {
    try (var other = MachineContainer.boot("ssh-contract")) {
      var target = other.target();
      shell.report(target, Operations.of(Operations.slow(mine, 0)).id()); // the agent is there
      other.exec(
          "cp -a /var/lib/provisioning /root/kept; mount -t tmpfs -o size=128k none /var/lib/provisioning;"
              + "cp -a /root/kept/. /var/lib/provisioning; head -c 200000 /dev/zero >/var/lib/provisioning/fill; true");
      var operation = Operations.of(Operations.slow(mine, 0));
      var failure = Operations.failureOf(() -> shell.start(target, operation));
      assertThat(failure).isInstanceOf(Failure.Waiting.class);
      assertThat(failure.reason()).isEqualTo("DiskFull");
      assertThat(failure.message())
          .contains("is full, free some space there")
          .contains("No space left on device");
      other.exec("rm /var/lib/provisioning/fill; mount -o remount,size=10m /var/lib/provisioning");
      shell.start(target, operation);
      assertThat(shell.await(target, operation.id(), _ -> {}).state()).isEqualTo(State.SUCCEEDED);
    }
  }
}
