package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import dev.provisioning.testkit.ssh.BundleDraft;
import dev.provisioning.testkit.ssh.MachineContainer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a connection to a real machine proves before it is used, and what it carries. */
@Tag("machines")
class MachineConnectionTest {
  private static final Duration SHORT = Duration.ofSeconds(20);
  private static MachineContainer machine;
  private final String mine = "f" + UUID.randomUUID().toString().substring(0, 8);
  private SshRemoteShell shell = new SshRemoteShell(SshSettings.defaults());

  @BeforeAll
  static void boot() {
    machine = MachineContainer.boot("ssh-contract");
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

  @Test
  void a_swapped_host_key_stops_everything_before_any_login() {
    try (var other = MachineContainer.boot("ssh-contract")) {
      var target = other.target();
      shell.contact(target);
      shell.disconnect(target.machine());
      other.exec(
          "rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
      var failure = Operations.failureOf(() -> shell.contact(target));
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
  void a_pin_may_be_of_any_key_that_the_machine_has() {
    try (var other = MachineContainer.boot("ssh-contract")) {
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
  void a_user_with_sudo_works_like_root_and_one_without_is_told_so() {
    var admin = machine.target("admin", machine.address(), 22);
    assertThat(shell.contact(admin).facts().os()).isEqualTo("debian");
    var operation = Operations.of(Operations.slow(mine, 0));
    shell.start(admin, operation);
    assertThat(shell.await(admin, operation.id(), _ -> {}).state()).isEqualTo(State.SUCCEEDED);
    var plain = machine.target("plain", machine.address(), 22);
    for (Runnable call :
        List.<Runnable>of(
            () -> shell.contact(plain),
            () -> shell.start(plain, operation),
            () -> shell.run(plain, RemoteCommand.asRoot("true", SHORT)))) {
      var failure = Operations.failureOf(call);
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
    assertThat(Operations.failureOf(() -> shell.contact(nowhere)).reason())
        .isEqualTo("HostUnreachable");
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
              .map(Operations::of)
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
  void six_steps_on_a_warm_connection_are_a_matter_of_moments() {
    shell.contact(machine.target());
    warmUp();
    long begun = System.nanoTime();
    var operation = Operations.of(sixSteps("measured"));
    shell.start(machine.target(), operation);
    assertThat(shell.await(machine.target(), operation.id(), _ -> {}).state())
        .isEqualTo(State.SUCCEEDED);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.println("six steps on a warm connection: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  private void warmUp() {
    var operation = Operations.of(sixSteps("warm"));
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
