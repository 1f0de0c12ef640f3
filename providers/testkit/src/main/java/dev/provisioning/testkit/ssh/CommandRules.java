package dev.provisioning.testkit.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.SecretValue;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logins and single commands. */
interface CommandRules extends ShellRules {
  @Test
  default void contact_proves_the_login_and_tells_the_facts() {
    var contact = shell().contact(target());
    assertThat(contact.hostKey()).isEqualTo(target().hostKeys().getFirst());
    assertThat(contact.facts().os()).isEqualTo("debian");
    assertThat(contact.facts().systemd()).isTrue();
    assertThat(contact.facts().cores()).isPositive();
    assertThat(contact.facts().memoryMb()).isGreaterThan(100);
    assertThat(contact.facts().machineId()).matches("[0-9a-f]{32}");
  }

  @Test
  default void a_nonzero_exit_is_an_answer() {
    var result =
        shell().read(target(), RemoteCommand.asRoot("echo out; echo err >&2; exit 7", SHORT));
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  default void stdin_reaches_the_command_and_long_output_keeps_its_end() {
    var stdin = Optional.of(new SecretValue("it's \"quoted\" $HOME\n"));
    var echoed = shell().run(target(), new RemoteCommand("cat", true, stdin, SHORT));
    assertThat(echoed.stdout()).isEqualTo("it's \"quoted\" $HOME\n");
    var many = shell().read(target(), RemoteCommand.asRoot("seq 1 100000", SHORT));
    assertThat(many.stdout()).hasSize(64 * 1024).endsWith("99999\n100000\n");
  }

  @Test
  default void a_command_that_does_not_end_is_stopped_at_its_deadline() {
    var failure =
        failureOf(
            () ->
                shell().read(target(), RemoteCommand.asRoot("sleep 7777", Duration.ofSeconds(1))));
    assertThat(failure).isInstanceOf(Failure.Transient.class);
    assertThat(failure.reason()).isEqualTo("CommandTimeout");
    assertThat(failure.message()).contains("did not end within 1 s");
    assertThat(onMachine("pgrep -x -f 'sleep 7777' | wc -l")).isEqualTo("0");
  }
}
