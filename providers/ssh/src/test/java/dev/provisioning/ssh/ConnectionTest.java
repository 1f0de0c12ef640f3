package dev.provisioning.ssh;

import static dev.provisioning.ssh.InProcessSshd.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections against an SSH server in this process. */
class ConnectionTest {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private final SettableClock clock = new SettableClock();
  private final InProcessSshd sshd = new InProcessSshd();
  private SshRemoteShell shell = new SshRemoteShell(SshSettings.defaults().withClock(clock));

  @AfterEach
  void close() {
    shell.close();
    sshd.close();
  }

  @Test
  void commands_share_one_connection_whose_host_key_is_pinned() {
    assertThat(say(shell, sshd.pinned(), "one")).isEqualTo("one\n");
    assertThat(say(shell, sshd.pinned(), "two")).isEqualTo("two\n");
    assertThat(sshd.logins()).isEqualTo(1);
  }

  @Test
  void five_failures_open_the_circuit_for_a_minute_and_one_trial_closes_it() throws IOException {
    int port = freePort();
    for (int i = 0; i < 5; i++) {
      var failure = Operations.failureOf(() -> say(shell, sshd.pinned(port), "never"));
      assertThat(failure.message())
          .isEqualTo(
              "cannot reach ops@127.0.0.1:%d: connection refused; does sshd run on this port?"
                  .formatted(port));
    }
    var open = Operations.failureOf(() -> say(shell, sshd.pinned(port), "never"));
    assertThat(open.reason()).isEqualTo("CircuitOpen");
    assertThat(open.message())
        .isEqualTo(
            "ops@127.0.0.1:%d could not be reached 5 times in a row; no further try for 60 s"
                .formatted(port));
    clock.advance(Duration.ofSeconds(59));
    assertThat(Operations.failureOf(() -> say(shell, sshd.pinned(port), "never")).reason())
        .isEqualTo("CircuitOpen");
    clock.advance(Duration.ofSeconds(2));
    assertThat(Operations.failureOf(() -> say(shell, sshd.pinned(port), "trial")).reason())
        .isEqualTo("HostUnreachable");
    assertThat(Operations.failureOf(() -> say(shell, sshd.pinned(port), "never")).reason())
        .isEqualTo("CircuitOpen");
    clock.advance(Duration.ofSeconds(61));
    assertThat(say(shell, sshd.pinned(), "trial")).isEqualTo("trial\n");
    assertThat(Operations.failureOf(() -> say(shell, sshd.pinned(port), "never")).reason())
        .isEqualTo("HostUnreachable");
  }

  @Test
  void a_peer_that_accepts_and_says_nothing_is_given_up_at_the_connect_timeout()
      throws IOException {
    try (var mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var target =
          new ShellTarget(
              "mute",
              "127.0.0.1",
              mute.getLocalPort(),
              "ops",
              sshd.userKey(),
              List.of("SHA256:x"),
              HostKeyPolicy.PINNED,
              Optional.empty(),
              Duration.ofSeconds(1));
      var failure = Operations.failureOf(() -> say(shell, target, "never"));
      assertThat(failure.reason()).isEqualTo("HostUnreachable");
      assertThat(failure.message()).endsWith(": no answer within 1 s");
    }
  }

  @Test
  void an_unknown_name_is_told_as_such() {
    var target =
        new ShellTarget(
            "m",
            "no-such-host.invalid",
            22,
            "ops",
            sshd.userKey(),
            List.of("SHA256:x"),
            HostKeyPolicy.PINNED,
            Optional.empty(),
            SHORT);
    assertThat(Operations.failureOf(() -> say(shell, target, "never")).message())
        .isEqualTo("cannot reach ops@no-such-host.invalid:22: its name does not resolve");
  }

  @Test
  void a_dead_peer_is_noticed_by_its_silence() {
    shell.close();
    var settings = SshSettings.defaults().withKeepAlive(Duration.ofSeconds(1), 2);
    shell = new SshRemoteShell(settings);
    try (var proxy = new CuttingProxy("127.0.0.1", sshd.port())) {
      var target = sshd.pinned(proxy.port());
      say(shell, target, "warm");
      var read = supply(() -> Operations.failureOf(() -> sleep(target, false)));
      var run = supply(() -> Operations.failureOf(() -> sleep(target, true)));
      Awaitility.await().until(() -> sshd.commands() == 3);
      proxy.goSilent();
      var lost = read.orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(lost).isInstanceOf(Failure.Transient.class);
      assertThat(lost.reason()).isEqualTo("ConnectionLost");
      var unknown = run.orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(unknown).isInstanceOf(Failure.OutcomeUnknown.class);
      assertThat(unknown.message())
          .isEqualTo(
              "the connection to ops@127.0.0.1:%d broke after a command was sent; the machine is asked what became of it"
                  .formatted(proxy.port()));
    }
  }

  private static <T> CompletableFuture<T> supply(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task));
  }

  private void sleep(ShellTarget target, boolean effect) {
    var command = new RemoteCommand("sleep 30", false, Optional.empty(), Duration.ofSeconds(40));
    var result = effect ? shell.run(target, command) : shell.read(target, command);
    assertThat(result).isNull();
  }

  @Test
  void the_default_keep_alive_notices_a_dead_peer_within_45_seconds() {
    var settings = SshSettings.defaults();
    // The peer may die just after it answered: then it stays silent for one question more.
    var worst = settings.keepAliveInterval().multipliedBy(settings.keepAliveUnanswered() + 1L);
    assertThat(worst).isLessThanOrEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void a_connection_that_died_while_idle_is_replaced_without_a_failure() {
    try (var proxy = new CuttingProxy("127.0.0.1", sshd.port())) {
      var target = sshd.pinned(proxy.port());
      say(shell, target, "one");
      proxy.cut();
      assertThat(say(shell, target, "two")).isEqualTo("two\n");
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_is_closed_when_it_was_idle_for_five_minutes_and_not_while_in_use() {
    try (var deadlines = new Deadlines();
        var pool = new ConnectionPool(SshSettings.defaults().withClock(clock), deadlines)) {
      var connection = pool.take(sshd.pinned());
      clock.advance(Duration.ofMinutes(6));
      pool.closeIdle();
      assertThat(connection.alive()).isTrue();
      connection.giveBack();
      clock.advance(Duration.ofMinutes(4));
      pool.closeIdle();
      assertThat(connection.alive()).isTrue();
      clock.advance(Duration.ofMinutes(2));
      pool.closeIdle();
      assertThat(connection.alive()).isFalse();
      pool.take(sshd.pinned()).giveBack();
      assertThat(sshd.logins()).isEqualTo(2);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
