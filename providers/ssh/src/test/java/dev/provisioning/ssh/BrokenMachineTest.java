package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import dev.provisioning.testkit.ssh.BundleDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real machine, and everything that can break between it and us in the middle of a step. */
@Tag("machines")
class BrokenMachineTest {
  private static final Duration SHORT = Duration.ofSeconds(20);
  private static MachineContainer machine;
  private final String mine = "f" + UUID.randomUUID().toString().substring(0, 8);
  private SshRemoteShell shell = new SshRemoteShell(SshSettings.defaults());

  @BeforeAll
  static void boot() {
    machine = MachineContainer.boot();
    machine.exec(
        "useradd -m admin; echo 'admin ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/admin; useradd -m plain");
    machine.exec(
        "for u in admin plain; do cp -r /root/.ssh /home/$u/.ssh; chown -R $u: /home/$u/.ssh; done");
  }

  @AfterAll
  static void stop() {
    machine.close();
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private static RemoteOperation operation(Bundle bundle) {
    var id = OperationId.of(UUID.randomUUID().toString(), 0, "test");
    return new RemoteOperation(id, 1, bundle, Map.of(), Map.of(), false, Optional.empty());
  }

  /** A step of some seconds that leaves a line, and a second one. */
  private Bundle slow(int seconds) {
    return new BundleDraft(mine)
        .run(
            "slow",
            "echo x >>/root/%s; sleep %d; touch /root/%s.done".formatted(mine, seconds, mine),
            BundleDraft.unless("test -e /root/" + mine + ".done"))
        .run("last", "echo y >>/root/" + mine)
        .build();
  }

  private void awaitLine() {
    Awaitility.await().until(() -> lines().startsWith("x"));
  }

  private String lines() {
    return machine.exec("cat /root/" + mine + " 2>/dev/null || true").replace("\n", "");
  }

  private static Failure failureOf(Runnable call) {
    return catchThrowableOfType(ProviderException.class, call::run).failure();
  }

  @Test
  void a_connection_that_is_cut_in_mid_step_is_made_again_and_the_step_ran_once() {
    try (var proxy = new CuttingProxy(machine.address(), 22)) {
      var target = machine.target("root", "127.0.0.1", proxy.port());
      var operation = operation(slow(4));
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
      var operation = operation(slow(6));
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
    var operation = operation(slow(3));
    shell.start(machine.target(), operation);
    awaitLine();
    var killed = shell;
    var waiting =
        CompletableFuture.supplyAsync(
            () -> failureOf(() -> killed.await(machine.target(), operation.id(), _ -> {})));
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
    var operation = operation(slow(30));
    shell.start(machine.target(), operation);
    awaitLine();
    machine.reboot();
    lostThenChecked(operation);
  }

  @Test
  void a_power_cut_in_mid_step_is_told_as_lost_and_the_check_decides() {
    var operation = operation(slow(30));
    shell.start(machine.target(), operation);
    awaitLine();
    machine.powerCycle();
    lostThenChecked(operation);
  }

  @Test
  void a_killed_runner_is_told_as_lost() {
    var operation = operation(slow(30));
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
    var operation = operation(bundle);
    shell.start(machine.target(), operation);
    awaitLine();
    machine.exec("systemctl kill --kill-who=main -s KILL provisioning-" + operation.id());
    assertThat(shell.report(machine.target(), operation.id()).state()).isEqualTo(State.RUNNING);
    assertThat(shell.await(machine.target(), operation.id(), _ -> {}).state())
        .isEqualTo(State.LOST);
    assertThat(machine.exec("ls /root/" + mine + ".done")).contains(mine);
    var next = operation(bundle);
    shell.start(machine.target(), next);
    assertThat(shell.await(machine.target(), next.id(), _ -> {}).skipped()).isEqualTo(1);
    assertThat(lines()).isEqualTo("x");
  }

  @Test
  void a_machine_that_stays_away_is_given_up_and_the_operation_found_later() {
    shell.close();
    shell = new SshRemoteShell(SshSettings.defaults().withAttachDeadline(Duration.ofSeconds(2)));
    var operation = operation(slow(3));
    var proxy = new CuttingProxy(machine.address(), 22);
    var target = machine.target("root", "127.0.0.1", proxy.port());
    shell.start(target, operation);
    var failure =
        CompletableFuture.supplyAsync(
            () -> failureOf(() -> shell.await(target, operation.id(), _ -> {})));
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
    var next = operation(operation.bundle());
    shell.start(machine.target(), next);
    var end = shell.await(machine.target(), next.id(), _ -> {});
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(end.skipped()).isEqualTo(1);
    assertThat(lines()).isEqualTo("xy");
  }

  @Test
  void a_swapped_host_key_stops_everything_before_any_login() {
    try (var other = MachineContainer.boot()) {
      var target = other.target();
      shell.contact(target);
      shell.disconnect(target.machine());
      other.exec(
          "rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
      var failure = failureOf(() -> shell.contact(target));
      assertThat(failure).isInstanceOf(Failure.Conflict.class);
      assertThat(failure.reason()).isEqualTo("HostKeyChanged");
      var seen = other.exec("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key").split(" ")[1];
      assertThat(failure.message())
          .contains("expected " + target.hostKeys().getFirst() + ", seen " + seen);
      assertThat(other.exec("journalctl -u ssh | grep -c 'Accepted publickey'").strip())
          .isEqualTo("1");
    }
  }

  @Test
  void a_full_disk_under_the_protocol_itself_is_named_and_heals() {
    try (var other = MachineContainer.boot()) {
      var target = other.target();
      shell.report(target, operation(slow(0)).id()); // the agent is there
      other.exec(
          "cp -a /var/lib/provisioning /root/kept; mount -t tmpfs -o size=128k none /var/lib/provisioning;"
              + "cp -a /root/kept/. /var/lib/provisioning; head -c 200000 /dev/zero >/var/lib/provisioning/fill; true");
      var operation = operation(slow(0));
      var failure = failureOf(() -> shell.start(target, operation));
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

  @Test
  void a_user_with_sudo_works_like_root_and_one_without_is_told_so() {
    var admin = machine.target("admin", machine.address(), 22);
    assertThat(shell.contact(admin).facts().os()).isEqualTo("debian");
    var operation = operation(slow(0));
    shell.start(admin, operation);
    assertThat(shell.await(admin, operation.id(), _ -> {}).state()).isEqualTo(State.SUCCEEDED);
    var plain = machine.target("plain", machine.address(), 22);
    for (Runnable call :
        List.<Runnable>of(
            () -> shell.contact(plain),
            () -> shell.start(plain, operation),
            () -> shell.run(plain, RemoteCommand.asRoot("true", SHORT)))) {
      var failure = failureOf(call);
      assertThat(failure).isInstanceOf(Failure.Denied.class);
      assertThat(failure.reason()).isEqualTo("SudoDenied");
      assertThat(failure.message())
          .isEqualTo(
              "user plain on %s:22 may not use sudo without a password (sudo: a password is required)"
                  .formatted(machine.address()));
    }
  }

  @Test
  void a_machine_is_reached_through_its_bastion_and_both_host_keys_are_proven() {
    var bastion = machine.target("admin", machine.address(), 22);
    var behind =
        new ShellTarget(
            "behind",
            "127.0.0.1",
            22,
            "root",
            machine.userKey(),
            List.of(machine.hostKey()),
            HostKeyPolicy.PINNED,
            Optional.of(bastion),
            Duration.ofSeconds(10));
    assertThat(
            shell
                .read(behind, RemoteCommand.asRoot("id -un; echo $SSH_CONNECTION", SHORT))
                .stdout())
        .startsWith("root\n127.0.0.1 ");
    var nowhere =
        new ShellTarget(
            "nowhere",
            "127.0.0.1",
            9,
            "root",
            machine.userKey(),
            List.of(machine.hostKey()),
            HostKeyPolicy.PINNED,
            Optional.of(bastion),
            Duration.ofSeconds(10));
    assertThat(failureOf(() -> shell.contact(nowhere)).reason()).isEqualTo("HostUnreachable");
  }

  @Test
  void fifty_commands_at_once_share_one_connection() {
    try (var proxy = new CuttingProxy(machine.address(), 22);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var target = machine.target("root", "127.0.0.1", proxy.port());
      var answers =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              shell
                                  .read(target, RemoteCommand.asRoot("sleep 0.1; echo " + i, SHORT))
                                  .stdout(),
                          threads))
              .toList();
      assertThat(answers.stream().map(CompletableFuture::join)).hasSize(50).doesNotHaveDuplicates();
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_dozen_queued_operations_leave_channels_for_other_questions() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ends =
          IntStream.range(0, 12)
              .mapToObj(i -> new BundleDraft(mine + i).run("slow", "sleep 0.5").build())
              .map(BrokenMachineTest::operation)
              .map(
                  operation ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            shell.start(machine.target(), operation);
                            return shell.await(machine.target(), operation.id(), _ -> {}).state();
                          },
                          threads))
              .toList();
      long begun = System.nanoTime();
      shell.read(machine.target(), RemoteCommand.asRoot("true", SHORT));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      assertThat(ends.stream().map(CompletableFuture::join))
          .hasSize(12)
          .containsOnly(State.SUCCEEDED);
    }
  }

  @Test
  void a_pin_may_be_of_any_key_that_the_machine_has() {
    try (var other = MachineContainer.boot()) {
      other.exec(
          "ssh-keygen -q -t rsa -b 2048 -N '' -f /etc/ssh/ssh_host_rsa_key; systemctl restart ssh");
      var rsa = other.exec("ssh-keygen -l -f /etc/ssh/ssh_host_rsa_key.pub").split(" ")[1];
      var target =
          new ShellTarget(
              "rsa",
              other.address(),
              22,
              "root",
              other.userKey(),
              List.of(rsa),
              HostKeyPolicy.PINNED,
              Optional.empty(),
              Duration.ofSeconds(10));
      assertThat(shell.contact(target).hostKey()).isEqualTo(rsa);
    }
  }

  @Test
  void six_steps_on_a_warm_connection_are_a_matter_of_moments() {
    shell.contact(machine.target());
    warmUp();
    long begun = System.nanoTime();
    var operation = operation(sixSteps("measured"));
    shell.start(machine.target(), operation);
    assertThat(shell.await(machine.target(), operation.id(), _ -> {}).state())
        .isEqualTo(State.SUCCEEDED);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.println("six steps on a warm connection: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  private void warmUp() {
    var operation = operation(sixSteps("warm"));
    shell.start(machine.target(), operation);
    shell.await(machine.target(), operation.id(), _ -> {});
  }

  private Bundle sixSteps(String word) {
    var draft = new BundleDraft(mine).environment("WORD", word);
    draft
        .run("1", ":")
        .run("2", ":")
        .file("/tmp/" + mine, word)
        .writeFiles()
        .run("4", ":")
        .run("5", ":");
    return draft.verify("true", SHORT).build();
  }
}
