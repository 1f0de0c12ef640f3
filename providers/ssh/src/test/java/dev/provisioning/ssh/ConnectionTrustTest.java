package dev.provisioning.ssh;

import static dev.provisioning.ssh.InProcessSshd.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whose keys a connection takes and what becomes of ours, against an SSH server in this process.
 */
class ConnectionTrustTest {
  private final InProcessSshd sshd = new InProcessSshd();
  private final SshRemoteShell shell = new SshRemoteShell(SshSettings.defaults());

  @AfterEach
  void close() {
    shell.close();
    sshd.close();
  }

  @Test
  void a_changed_host_key_stops_everything_before_any_authentication() {
    var expected = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    var target = sshd.target(List.of(expected), HostKeyPolicy.PINNED);
    var failure = Operations.failureOf(() -> say(shell, target, "never"));
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
    assertThat(say(shell, sshd.target(pins, HostKeyPolicy.PINNED), "hello")).isEqualTo("hello\n");
  }

  @Test
  void without_a_pin_nothing_is_connected_unless_first_use_is_trusted() {
    var failure =
        Operations.failureOf(
            () -> say(shell, sshd.target(List.of(), HostKeyPolicy.PINNED), "never"));
    assertThat(failure).isInstanceOf(Failure.Invalid.class);
    assertThat(failure.reason()).isEqualTo("HostKeyUnknown");
    assertThat(sshd.connections()).isZero();
    var trusting = sshd.target(List.of(), HostKeyPolicy.TRUST_ON_FIRST_USE);
    assertThat(say(shell, trusting, "hello")).isEqualTo("hello\n");
  }

  @Test
  void the_first_key_seen_holds_when_first_use_is_trusted() {
    var trusting = sshd.target(List.of(), HostKeyPolicy.TRUST_ON_FIRST_USE);
    say(shell, trusting, "hello");
    var first = sshd.fingerprint();
    sshd.restartWithAnotherKey();
    Failure[] failure = new Failure[1];
    Awaitility.await()
        .until(
            () -> {
              failure[0] = Operations.failureOf(() -> say(shell, trusting, "never"));
              return failure[0].reason().equals("HostKeyChanged");
            });
    assertThat(failure[0].message()).contains(first, sshd.fingerprint());
  }

  @Test
  void a_refused_key_is_named_by_place_and_user_and_the_key_is_not_shown() {
    sshd.refuseKeys();
    var failure = Operations.failureOf(() -> say(shell, sshd.pinned(), "never"));
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
            Duration.ofSeconds(10));
    var thrown = catchThrowableOfType(ProviderException.class, () -> say(shell, target, "never"));
    assertThat(thrown.failure().reason()).isEqualTo("PrivateKeyInvalid");
    assertThat(thrown).hasStackTraceContaining("PrivateKeyInvalid");
    assertThat(thrown.toString() + thrown.getCause()).doesNotContain("hunter2");
  }
}
