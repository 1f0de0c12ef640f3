package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.SecretValue;
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

  private ShellTarget target(int port, List<String> pins, HostKeyPolicy policy) {
    return new ShellTarget(
        "machine-1",
        "127.0.0.1",
        port,
        "ops",
        sshd.userKey(),
        pins,
        policy,
        Optional.empty(),
        Duration.ofSeconds(5));
  }

  private ShellTarget pinned(int port) {
    return target(port, List.of(sshd.fingerprint()), HostKeyPolicy.PINNED);
  }

  private ShellTarget pinned() {
    return pinned(sshd.port());
  }

  private static Failure failureOf(Runnable call) {
    return catchThrowableOfType(ProviderException.class, call::run).failure();
  }

  private String say(ShellTarget target, String word) {
    var command = new RemoteCommand("echo " + word, false, Optional.empty(), SHORT);
    return shell.read(target, command).stdout();
  }

  @Test
  void commands_share_one_connection_whose_host_key_is_pinned() {
    assertThat(say(pinned(), "one")).isEqualTo("one\n");
    assertThat(say(pinned(), "two")).isEqualTo("two\n");
    assertThat(sshd.logins()).isEqualTo(1);
  }

  @Test
  void a_changed_host_key_stops_everything_before_any_authentication() {
    var expected = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    var target = target(sshd.port(), List.of(expected), HostKeyPolicy.PINNED);
    var failure = failureOf(() -> say(target, "never"));
    assertThat(failure).isInstanceOf(Failure.Conflict.class);
    assertThat(failure.reason()).isEqualTo("HostKeyChanged");
    assertThat(failure.message())
        .isEqualTo(
            "the host key of 127.0.0.1:%d is not the pinned one: expected %s, seen %s. Nothing was sent to it. If the machine was reinstalled on purpose, pin the new key"
                .formatted(sshd.port(), expected, sshd.fingerprint()));
    assertThat(sshd.authenticationRequests()).isZero();
  }

  @Test
  void any_of_several_pins_may_match() {
    var pins = List.of("SHA256:old", sshd.fingerprint());
    assertThat(say(target(sshd.port(), pins, HostKeyPolicy.PINNED), "hello")).isEqualTo("hello\n");
  }

  @Test
  void without_a_pin_nothing_is_connected_unless_first_use_is_trusted() {
    var failure =
        failureOf(() -> say(target(sshd.port(), List.of(), HostKeyPolicy.PINNED), "never"));
    assertThat(failure).isInstanceOf(Failure.Invalid.class);
    assertThat(failure.reason()).isEqualTo("HostKeyUnknown");
    assertThat(sshd.connections()).isZero();
    var trusting = target(sshd.port(), List.of(), HostKeyPolicy.TRUST_ON_FIRST_USE);
    assertThat(say(trusting, "hello")).isEqualTo("hello\n");
  }

  @Test
  void the_first_key_seen_holds_when_first_use_is_trusted() {
    var trusting = target(sshd.port(), List.of(), HostKeyPolicy.TRUST_ON_FIRST_USE);
    say(trusting, "hello");
    var first = sshd.fingerprint();
    sshd.restartWithAnotherKey();
    Failure[] failure = new Failure[1];
    Awaitility.await()
        .until(
            () -> {
              failure[0] = failureOf(() -> say(trusting, "never"));
              return failure[0].reason().equals("HostKeyChanged");
            });
    assertThat(failure[0].message()).contains(first, sshd.fingerprint());
  }

  @Test
  void a_refused_key_is_named_by_place_and_user_and_the_key_is_not_shown() {
    sshd.refuseKeys();
    var failure = failureOf(() -> say(pinned(), "never"));
    assertThat(failure).isInstanceOf(Failure.Denied.class);
    assertThat(failure.reason()).isEqualTo("AuthenticationRefused");
    assertThat(failure.message())
        .isEqualTo(
            "127.0.0.1:%d refuses the key for user ops: is its public half in that user's authorized_keys?"
                .formatted(sshd.port()));
  }

  @Test
  void what_is_not_a_key_is_called_so_without_showing_it() {
    var target =
        new ShellTarget(
            "m",
            "127.0.0.1",
            sshd.port(),
            "ops",
            new SecretValue("hunter2"),
            List.of(sshd.fingerprint()),
            HostKeyPolicy.PINNED,
            Optional.empty(),
            SHORT);
    var thrown = catchThrowableOfType(ProviderException.class, () -> say(target, "never"));
    assertThat(thrown.failure().reason()).isEqualTo("PrivateKeyInvalid");
    assertThat(thrown).hasStackTraceContaining("PrivateKeyInvalid");
    assertThat(thrown.toString() + thrown.getCause()).doesNotContain("hunter2");
  }

  @Test
  void five_failures_open_the_circuit_for_a_minute_and_one_trial_closes_it() throws IOException {
    int port = freePort();
    for (int i = 0; i < 5; i++) {
      var failure = failureOf(() -> say(pinned(port), "never"));
      assertThat(failure.message())
          .isEqualTo(
              "cannot reach ops@127.0.0.1:%d: connection refused; does sshd run on this port?"
                  .formatted(port));
    }
    var open = failureOf(() -> say(pinned(port), "never"));
    assertThat(open.reason()).isEqualTo("CircuitOpen");
    assertThat(open.message())
        .isEqualTo(
            "ops@127.0.0.1:%d could not be reached 5 times in a row; no further try for 60 s"
                .formatted(port));
    clock.advance(Duration.ofSeconds(59));
    assertThat(failureOf(() -> say(pinned(port), "never")).reason()).isEqualTo("CircuitOpen");
    clock.advance(Duration.ofSeconds(2));
    assertThat(failureOf(() -> say(pinned(port), "trial")).reason()).isEqualTo("HostUnreachable");
    assertThat(failureOf(() -> say(pinned(port), "never")).reason()).isEqualTo("CircuitOpen");
    clock.advance(Duration.ofSeconds(61));
    assertThat(say(pinned(), "trial")).isEqualTo("trial\n");
    assertThat(failureOf(() -> say(pinned(port), "never")).reason()).isEqualTo("HostUnreachable");
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
      var failure = failureOf(() -> say(target, "never"));
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
    assertThat(failureOf(() -> say(target, "never")).message())
        .isEqualTo("cannot reach ops@no-such-host.invalid:22: its name does not resolve");
  }

  @Test
  void a_dead_peer_is_noticed_by_its_silence() {
    shell.close();
    var settings = SshSettings.defaults().withKeepAlive(Duration.ofSeconds(1), 2);
    shell = new SshRemoteShell(settings);
    try (var proxy = new CuttingProxy("127.0.0.1", sshd.port())) {
      var target = pinned(proxy.port());
      say(target, "warm");
      var read = supply(() -> failureOf(() -> sleep(target, false)));
      var run = supply(() -> failureOf(() -> sleep(target, true)));
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
      var target = pinned(proxy.port());
      say(target, "one");
      proxy.cut();
      assertThat(say(target, "two")).isEqualTo("two\n");
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_is_closed_when_it_was_idle_for_five_minutes_and_not_while_in_use() {
    try (var deadlines = new Deadlines();
        var pool = new ConnectionPool(SshSettings.defaults().withClock(clock), deadlines)) {
      var connection = pool.take(pinned());
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
      pool.take(pinned()).giveBack();
      assertThat(sshd.logins()).isEqualTo(2);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
