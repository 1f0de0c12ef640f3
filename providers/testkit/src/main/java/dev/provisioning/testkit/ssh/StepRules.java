package dev.provisioning.testkit.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.SecretValue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The steps of an operation: their order, environment and user, and how they fail. */
interface StepRules extends ShellRules {
  @Test
  default void steps_run_in_order_with_their_environment_and_report_progress() {
    var seen = new CopyOnWriteArrayList<OperationReport>();
    var bundle =
        draft()
            .environment("WHAT", "it's \"$HOME\" `id`\nline 2")
            .run(
                "first",
                "echo ::progress 40 Unpacking; sleep 1; printf %s \"$WHAT\" >/tmp/" + mine())
            .run("second", "cat /tmp/" + mine() + " >/tmp/" + mine() + ".2")
            .build();
    var id = newId();
    shell().start(target(), operation(id, bundle));
    var end = shell().await(target(), id, seen::add);
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(end.progress()).isEqualTo(100);
    assertThat(end.ran()).isEqualTo(2);
    assertThat(end.stepCount()).isEqualTo(2);
    assertThat(onMachine("cat /tmp/" + mine() + ".2")).isEqualTo("it's \"$HOME\" `id`\nline 2");
    assertThat(seen)
        .anySatisfy(
            report -> {
              assertThat(report.step()).isEqualTo("first");
              assertThat(report.text()).isEqualTo("Unpacking");
              assertThat(report.progress()).isEqualTo(20);
            });
  }

  @Test
  default void a_check_that_holds_skips_its_step() {
    var bundle =
        draft()
            .run("create", "echo x >>/tmp/" + mine(), BundleDraft.unless("test -e /tmp/" + mine()));
    assertThat(perform(bundle).ran()).isEqualTo(1);
    var again = perform(bundle);
    assertThat(again.ran()).isZero();
    assertThat(again.skipped()).isEqualTo(1);
    assertThat(onMachine("wc -l </tmp/" + mine())).isEqualTo("1");
  }

  @Test
  default void a_failed_step_ends_the_operation_with_its_last_lines() {
    var end =
        perform(
            draft()
                .run(
                    "noisy", "for i in $(seq 1 50); do echo line $i; done; echo broken >&2; exit 9")
                .run("never", "touch /tmp/" + mine()));
    assertThat(end.state()).isEqualTo(State.FAILED);
    var failure = end.failure().orElseThrow();
    assertThat(failure.step()).isEqualTo("noisy");
    assertThat(failure.exitCode()).isEqualTo(9);
    assertThat(failure.reason()).isEqualTo("StepFailed");
    assertThat(failure.logTail()).hasSize(20).endsWith("line 50", "broken");
    assertThat(onMachine("test -e /tmp/" + mine() + " || echo absent")).isEqualTo("absent");
  }

  @Test
  default void a_step_is_retried_stopped_at_its_timeout_and_a_best_effort_one_only_warns() {
    var flaky = "echo x >>/tmp/" + mine() + "; test $(wc -l </tmp/" + mine() + ") -ge 2";
    var end =
        perform(
            draft()
                .run("flaky", flaky, BundleDraft.retried(2))
                .run("optional", "exit 3", BundleDraft.bestEffort())
                .run("slow", "sleep 8888", BundleDraft.within(Duration.ofSeconds(1))));
    assertThat(end.warnings()).containsExactly("optional: ended with exit 3");
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("StepTimeout");
    assertThat(end.failure().orElseThrow().message())
        .isEqualTo("did not end within 1 s and was stopped");
    assertThat(onMachine("wc -l </tmp/" + mine())).isEqualTo("2");
    assertThat(onMachine("pgrep -x -f 'sleep 8888' | wc -l")).isEqualTo("0");
  }

  @Test
  default void a_step_may_run_as_another_user_who_can_read_its_secrets() {
    var bundle =
        draft()
            .run(
                "lowered",
                "echo $(id -un) $(cat $PROVISIONING_SECRETS/word) >/tmp/" + mine(),
                BundleDraft.as("nobody"))
            .build();
    var end = perform(operation(newId(), bundle, Map.of("word", new SecretValue("plain"))));
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(onMachine("cat /tmp/" + mine())).isEqualTo("nobody plain");
    var unknown = perform(draft().run("lowered", "true", BundleDraft.as("nosuchuser")));
    assertThat(unknown.failure().orElseThrow().reason()).isEqualTo("UserMissing");
  }

  @Test
  default void a_full_disk_is_named() {
    var end =
        perform(
            draft()
                .run(
                    "fill",
                    "mkdir -p /small; head -c 5000000 /dev/zero >/small/"
                        + mine()
                        + " || { rm -f /small/"
                        + mine()
                        + "; exit 1; }"));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("DiskFull");
    assertThat(end.failure().orElseThrow().message())
        .startsWith("a disk of this machine is full, free some space there: ")
        .contains("No space left on device");
  }
}
