package dev.provisioning.testkit.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationReport.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that was set up: whether it answers, and whether it is still as it was. */
interface ServiceRules extends ShellRules {
  @Test
  default void verify_waits_until_the_service_answers_and_says_what_it_last_heard() {
    var patient =
        draft()
            .run("later", "(sleep 1; touch /tmp/" + mine() + ") >/dev/null 2>&1 &")
            .verify("test -e /tmp/" + mine(), SHORT);
    assertThat(perform(patient).state()).isEqualTo(State.SUCCEEDED);
    var end = perform(draft().verify("echo not yet; exit 1", Duration.ofSeconds(1)));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("VerifyFailed");
    assertThat(end.failure().orElseThrow().message())
        .isEqualTo("check answers still fails after 1 s: not yet");
  }

  @Test
  default void applied_state_is_recorded_with_files_compared_and_removed() {
    var json =
        "{\"version\":\"1\",\"packages\":[\"bash\",\"no-such-package\"],\"units\":[\"ssh.service\"]}";
    perform(draft().file("/tmp/" + mine(), "x\n").writeFiles().applied(json));
    var sha = onMachine("sha256sum </tmp/" + mine()).split(" ")[0];
    assertThat(shell().appliedState(target(), mine()).orElseThrow())
        .startsWith("{\"version\":\"1\",")
        .contains("{\"path\":\"/tmp/" + mine() + "\",\"sha256\":\"" + sha + "\"");
    assertThat(shell().drift(target(), mine()))
        .contains(new HostDrift("package:no-such-package", "installed", "absent"))
        .noneMatch(
            drift -> drift.item().equals("package:bash") || drift.item().startsWith("file:"));
    onMachine("echo changed >/tmp/" + mine());
    assertThat(shell().drift(target(), mine()))
        .anyMatch(d -> d.item().equals("file:/tmp/" + mine()));
    perform(draft().run("remove", "rm /tmp/" + mine()));
    assertThat(shell().appliedState(target(), mine())).isEmpty();
    assertThat(shell().drift(target(), mine())).isEmpty();
  }

  @Test
  default void all_checks_of_a_machine_are_asked_at_once() {
    var checks =
        Map.of(
            "a",
                List.of(check("fine", "sleep 1", 5), check("bad", "echo no such thing; exit 2", 5)),
            "b", List.of(check("stuck", "sleep 9999", 1), check("fine", "sleep 1", 5)));
    long begun = System.nanoTime();
    var answers = shell().health(target(), checks).answers();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThat(answers)
        .extracting("taskServ", "check", "ok", "message")
        .containsExactly(
            tuple("a", "fine", true, ""),
            tuple("a", "bad", false, "no such thing"),
            tuple("b", "stuck", false, "no answer within 1.000 s"),
            tuple("b", "fine", true, ""));
  }

  @Test
  default void checks_have_the_environment_of_their_applied_service_and_no_secrets() {
    var command = "test \"$PORT\" = 6379 && test -z \"${PROVISIONING_SECRETS-}\"";
    var bundle = draft().environment("PORT", "6379").verify(command, SHORT).applied("{}").build();
    assertThat(perform(operation(newId(), bundle)).state()).isEqualTo(State.SUCCEEDED);
    var checks = Map.of(mine(), List.of(check("port", command, 5)));
    assertThat(shell().health(target(), checks).answers())
        .allSatisfy(answer -> assertThat(answer.ok()).isTrue());
  }

  private static HealthCheck check(String name, String command, int seconds) {
    return new HealthCheck(name, command, Duration.ofSeconds(10), Duration.ofSeconds(seconds), 1);
  }
}
