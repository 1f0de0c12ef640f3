package dev.provisioning.testkit.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Operations as wholes: known by their id, one at a time, in the order of epochs. */
interface OperationRules extends ShellRules {
  @Test
  default void an_unknown_operation_is_absent() {
    assertThat(shell().report(target(), newId()).state()).isEqualTo(State.ABSENT);
    assertThat(shell().await(target(), newId(), _ -> {}).state()).isEqualTo(State.ABSENT);
    assertThat(shell().appliedState(target(), "never-heard-of")).isEmpty();
  }

  @Test
  default void starting_an_id_twice_attaches_to_it() {
    var operation =
        operation(newId(), draft().run("count", "echo x >>/tmp/" + mine() + "; sleep 1").build());
    shell().start(target(), operation);
    shell().start(target(), operation);
    shell().await(target(), operation.id(), _ -> {});
    assertThat(shell().start(target(), operation).state()).isEqualTo(State.SUCCEEDED);
    assertThat(onMachine("wc -l </tmp/" + mine())).isEqualTo("1");
  }

  @Test
  default void a_new_attempt_does_not_repeat_the_steps_that_are_done() {
    var bundle =
        draft()
            .run("once", "echo x >>/tmp/" + mine())
            .run("second", "test -e /tmp/" + mine() + ".ok")
            .build();
    assertThat(perform(operation(newId(), bundle)).state()).isEqualTo(State.FAILED);
    onMachine("touch /tmp/" + mine() + ".ok");
    var end = perform(operation(newId(), bundle));
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(end.skipped()).isEqualTo(1);
    assertThat(onMachine("wc -l </tmp/" + mine())).isEqualTo("1");
  }

  @Test
  default void a_lower_epoch_is_refused() {
    var bundle = draft().run("effect", "touch /tmp/" + mine()).build();
    var high =
        new RemoteOperation(
            newId(),
            1000,
            draft().run("fine", "true").build(),
            Map.of(),
            Map.of(),
            false,
            Optional.empty());
    perform(high);
    var failure = failureOf(() -> shell().start(target(), operation(newId(), bundle)));
    assertThat(failure).isInstanceOf(Failure.Conflict.class);
    assertThat(failure.reason()).isEqualTo("StaleEpoch");
    assertThat(
            onMachine("rm /var/lib/provisioning/epoch; test -e /tmp/" + mine() + " || echo absent"))
        .isEqualTo("absent");
  }

  @Test
  default void one_operation_runs_at_a_time_unless_it_is_parallel_safe() {
    var slow = operation(newId(), new BundleDraft(mine() + "a").run("slow", "sleep 3").build());
    shell().start(target(), slow);
    var queued = operation(newId(), new BundleDraft(mine() + "b").run("quick", "true").build());
    var report = shell().start(target(), queued);
    assertThat(report.state()).isEqualTo(State.QUEUED);
    assertThat(report.text()).startsWith("waits for " + mine() + "a (operation " + slow.id());
    var free =
        new RemoteOperation(
            newId(),
            1,
            new BundleDraft(mine() + "c").run("free", "true").build(),
            Map.of(),
            Map.of(),
            true,
            Optional.empty());
    assertThat(perform(free).state()).isEqualTo(State.SUCCEEDED);
    assertThat(shell().report(target(), slow.id()).state()).isEqualTo(State.RUNNING);
    assertThat(shell().await(target(), queued.id(), _ -> {}).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  default void exports_come_back_as_secrets() {
    var operation =
        new RemoteOperation(
            newId(),
            1,
            draft().run("nothing", "true").build(),
            Map.of(),
            Map.of("token", "echo abc.def"),
            false,
            Optional.empty());
    var end = perform(operation);
    assertThat(end.exports()).containsExactly(Map.entry("token", new SecretValue("abc.def")));
    assertThat(end.toString()).doesNotContain("abc.def");
  }

  @Test
  default void a_wrong_bundle_is_refused_before_anything_is_sent() {
    var bundle = draft().environment("not a name", "x").run("never", "true").build();
    assertThatThrownBy(() -> shell().start(target(), operation(newId(), bundle)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("not a name of an environment variable: not a name");
  }
}
