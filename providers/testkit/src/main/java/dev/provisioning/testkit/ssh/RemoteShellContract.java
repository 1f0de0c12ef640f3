package dev.provisioning.testkit.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RemoteShell} promises, on a real machine with systemd that {@link #target} logs
 * in to as root, or with sudo. Each test uses names of its own, so one machine serves all.
 */
public abstract class RemoteShellContract {
  private static final Duration SHORT = Duration.ofSeconds(20);
  private final String mine = "t" + UUID.randomUUID().toString().substring(0, 8);

  protected abstract RemoteShell shell();

  protected abstract ShellTarget target();

  protected static OperationId newId() {
    return OperationId.of(UUID.randomUUID().toString(), 0, "test");
  }

  protected static RemoteOperation operation(OperationId id, Bundle bundle) {
    return operation(id, bundle, Map.of());
  }

  protected static RemoteOperation operation(
      OperationId id, Bundle bundle, Map<String, SecretValue> secrets) {
    return new RemoteOperation(id, 1, bundle, secrets, Map.of(), false, Optional.empty());
  }

  protected OperationReport perform(RemoteOperation operation) {
    shell().start(target(), operation);
    return shell().await(target(), operation.id(), _ -> {});
  }

  protected OperationReport perform(BundleDraft draft) {
    return perform(operation(newId(), draft.build()));
  }

  protected String onMachine(String script) {
    return shell().read(target(), RemoteCommand.asRoot(script, SHORT)).stdout().strip();
  }

  private BundleDraft draft() {
    return new BundleDraft(mine);
  }

  private static Failure failureOf(Runnable call) {
    try {
      call.run();
    } catch (ProviderException e) {
      return e.failure();
    }
    throw new AssertionError("no failure");
  }

  @Test
  void contact_proves_the_login_and_tells_the_facts() {
    var contact = shell().contact(target());
    assertThat(contact.hostKey()).isEqualTo(target().hostKeys().getFirst());
    assertThat(contact.facts().os()).isEqualTo("debian");
    assertThat(contact.facts().systemd()).isTrue();
    assertThat(contact.facts().cores()).isPositive();
    assertThat(contact.facts().memoryMb()).isGreaterThan(100);
    assertThat(contact.facts().machineId()).matches("[0-9a-f]{32}");
  }

  @Test
  void a_nonzero_exit_is_an_answer() {
    var result =
        shell().read(target(), RemoteCommand.asRoot("echo out; echo err >&2; exit 7", SHORT));
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void stdin_reaches_the_command_and_long_output_keeps_its_end() {
    var stdin = Optional.of(new SecretValue("it's \"quoted\" $HOME\n"));
    var echoed = shell().run(target(), new RemoteCommand("cat", true, stdin, SHORT));
    assertThat(echoed.stdout()).isEqualTo("it's \"quoted\" $HOME\n");
    var many = shell().read(target(), RemoteCommand.asRoot("seq 1 100000", SHORT));
    assertThat(many.stdout()).hasSize(64 * 1024).endsWith("99999\n100000\n");
  }

  @Test
  void a_command_that_does_not_end_is_stopped_at_its_deadline() {
    var failure =
        failureOf(
            () ->
                shell().read(target(), RemoteCommand.asRoot("sleep 7777", Duration.ofSeconds(1))));
    assertThat(failure).isInstanceOf(Failure.Transient.class);
    assertThat(failure.reason()).isEqualTo("CommandTimeout");
    assertThat(failure.message()).contains("did not end within 1 s");
    assertThat(onMachine("pgrep -x -f 'sleep 7777' | wc -l")).isEqualTo("0");
  }

  @Test
  void an_unknown_operation_is_absent() {
    assertThat(shell().report(target(), newId()).state()).isEqualTo(State.ABSENT);
    assertThat(shell().await(target(), newId(), _ -> {}).state()).isEqualTo(State.ABSENT);
    assertThat(shell().appliedState(target(), "never-heard-of")).isEmpty();
  }

  @Test
  void steps_run_in_order_with_their_environment_and_report_progress() {
    var seen = new CopyOnWriteArrayList<OperationReport>();
    var bundle =
        draft()
            .environment("WHAT", "it's \"$HOME\" `id`\nline 2")
            .run(
                "first", "echo ::progress 40 Unpacking; sleep 1; printf %s \"$WHAT\" >/tmp/" + mine)
            .run("second", "cat /tmp/" + mine + " >/tmp/" + mine + ".2")
            .build();
    var id = newId();
    shell().start(target(), operation(id, bundle));
    var end = shell().await(target(), id, seen::add);
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(end.progress()).isEqualTo(100);
    assertThat(end.ran()).isEqualTo(2);
    assertThat(end.stepCount()).isEqualTo(2);
    assertThat(onMachine("cat /tmp/" + mine + ".2")).isEqualTo("it's \"$HOME\" `id`\nline 2");
    assertThat(seen)
        .anySatisfy(
            report -> {
              assertThat(report.step()).isEqualTo("first");
              assertThat(report.text()).isEqualTo("Unpacking");
              assertThat(report.progress()).isEqualTo(20);
            });
  }

  @Test
  void starting_an_id_twice_attaches_to_it() {
    var operation =
        operation(newId(), draft().run("count", "echo x >>/tmp/" + mine + "; sleep 1").build());
    shell().start(target(), operation);
    shell().start(target(), operation);
    shell().await(target(), operation.id(), _ -> {});
    assertThat(shell().start(target(), operation).state()).isEqualTo(State.SUCCEEDED);
    assertThat(onMachine("wc -l </tmp/" + mine)).isEqualTo("1");
  }

  @Test
  void a_check_that_holds_skips_its_step() {
    var bundle =
        draft().run("create", "echo x >>/tmp/" + mine, BundleDraft.unless("test -e /tmp/" + mine));
    assertThat(perform(bundle).ran()).isEqualTo(1);
    var again = perform(bundle);
    assertThat(again.ran()).isZero();
    assertThat(again.skipped()).isEqualTo(1);
    assertThat(onMachine("wc -l </tmp/" + mine)).isEqualTo("1");
  }

  @Test
  void a_failed_step_ends_the_operation_with_its_last_lines() {
    var end =
        perform(
            draft()
                .run(
                    "noisy", "for i in $(seq 1 50); do echo line $i; done; echo broken >&2; exit 9")
                .run("never", "touch /tmp/" + mine));
    assertThat(end.state()).isEqualTo(State.FAILED);
    var failure = end.failure().orElseThrow();
    assertThat(failure.step()).isEqualTo("noisy");
    assertThat(failure.exitCode()).isEqualTo(9);
    assertThat(failure.reason()).isEqualTo("StepFailed");
    assertThat(failure.logTail()).hasSize(20).endsWith("line 50", "broken");
    assertThat(onMachine("test -e /tmp/" + mine + " || echo absent")).isEqualTo("absent");
  }

  @Test
  void a_step_is_retried_stopped_at_its_timeout_and_a_best_effort_one_only_warns() {
    var flaky = "echo x >>/tmp/" + mine + "; test $(wc -l </tmp/" + mine + ") -ge 2";
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
    assertThat(onMachine("wc -l </tmp/" + mine)).isEqualTo("2");
    assertThat(onMachine("pgrep -x -f 'sleep 8888' | wc -l")).isEqualTo("0");
  }

  @Test
  void a_step_may_run_as_another_user_who_can_read_its_secrets() {
    var bundle =
        draft()
            .run(
                "lowered",
                "echo $(id -un) $(cat $PROVISIONING_SECRETS/word) >/tmp/" + mine,
                BundleDraft.as("nobody"))
            .build();
    var end = perform(operation(newId(), bundle, Map.of("word", new SecretValue("plain"))));
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(onMachine("cat /tmp/" + mine)).isEqualTo("nobody plain");
    var unknown = perform(draft().run("lowered", "true", BundleDraft.as("nosuchuser")));
    assertThat(unknown.failure().orElseThrow().reason()).isEqualTo("UserMissing");
  }

  @Test
  void secrets_reach_files_and_steps_and_stay_nowhere_else() {
    var canary = "canary-" + UUID.randomUUID();
    var file =
        new ManagedFile(
            "/tmp/" + mine + ".conf",
            "password " + Bundle.secretMarker("pw") + "\n",
            "0600",
            "root:root",
            Optional.empty(),
            List.of(),
            List.of());
    var bundle =
        draft()
            .file(file)
            .writeFiles()
            .run(
                "leaky",
                "echo using $(cat $PROVISIONING_SECRETS/pw); cat /proc/self/environ | tr '\\0' '\\n'; exit 1")
            .build();
    var end = perform(operation(newId(), bundle, Map.of("pw", new SecretValue(canary))));
    assertThat(end.failure().orElseThrow().logTail())
        .contains("using [redacted]")
        .noneMatch(l -> l.contains(canary));
    assertThat(onMachine("cat /tmp/" + mine + ".conf")).isEqualTo("password " + canary);
    assertThat(onMachine("stat -c %a /tmp/" + mine + ".conf")).isEqualTo("600");
    var search = "cat > /dev/null; grep -rlF -- \"$(printf %s " + canary.substring(0, 10) + ")\"";
    assertThat(onMachine(search + " /var/lib/provisioning /run/provisioning /var/log; true"))
        .isEmpty();
  }

  @Test
  void only_files_that_differ_are_written_and_only_their_units_restarted() {
    var unit = mine + ".service";
    var text = "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n";
    var unitFile = "/etc/systemd/system/" + unit;
    assertThat(perform(service(unit, unitFile, text, "one")).state()).isEqualTo(State.SUCCEEDED);
    var first = onMachine("systemctl show -p MainPID --value " + unit);
    var unchanged = perform(service(unit, unitFile, text, "one"));
    assertThat(unchanged.ran()).isZero();
    assertThat(unchanged.skipped()).isEqualTo(2);
    assertThat(onMachine("systemctl show -p MainPID --value " + unit)).isEqualTo(first);
    assertThat(perform(service(unit, unitFile, text, "two")).ran()).isEqualTo(2);
    assertThat(onMachine("systemctl show -p MainPID --value " + unit)).isNotEqualTo(first);
    assertThat(onMachine("systemctl is-enabled " + unit)).isEqualTo("enabled");
  }

  private BundleDraft service(String unit, String unitFile, String text, String config) {
    return draft()
        .file(
            new ManagedFile(
                "/tmp/" + mine + ".conf",
                config,
                "0640",
                "root:root",
                Optional.empty(),
                List.of(unit),
                List.of()))
        .file(
            new ManagedFile(
                unitFile, text, "0644", "root:root", Optional.empty(), List.of(unit), List.of()))
        .writeFiles()
        .startUnits(unit);
  }

  @Test
  void a_restart_that_is_due_survives_a_failure_in_between() {
    var unit = mine + ".service";
    var text = "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n";
    var unitFile = "/etc/systemd/system/" + unit;
    perform(service(unit, unitFile, text, "one"));
    var first = onMachine("systemctl show -p MainPID --value " + unit);
    var broken =
        draft()
            .file(
                new ManagedFile(
                    "/tmp/" + mine + ".conf",
                    "two",
                    "0640",
                    "root:root",
                    Optional.empty(),
                    List.of(unit),
                    List.of()))
            .writeFiles()
            .run("crash", "exit 1");
    assertThat(perform(broken).state()).isEqualTo(State.FAILED);
    assertThat(onMachine("systemctl show -p MainPID --value " + unit)).isEqualTo(first);
    perform(service(unit, unitFile, text, "two"));
    assertThat(onMachine("systemctl show -p MainPID --value " + unit)).isNotEqualTo(first);
  }

  @Test
  void a_file_that_its_own_check_refuses_leaves_the_old_one() {
    perform(draft().file("/tmp/" + mine, "good\n").writeFiles());
    var bad =
        new ManagedFile(
            "/tmp/" + mine,
            "bad\n",
            "0644",
            "root:root",
            Optional.of("grep good \"$FILE\""),
            List.of(),
            List.of());
    var end = perform(draft().file(bad).writeFiles());
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("FileInvalid");
    assertThat(end.failure().orElseThrow().message())
        .startsWith("/tmp/" + mine + ": the new content was refused");
    assertThat(onMachine("cat /tmp/" + mine)).isEqualTo("good");
  }

  @Test
  void verify_waits_until_the_service_answers_and_says_what_it_last_heard() {
    var patient =
        draft()
            .run("later", "(sleep 1; touch /tmp/" + mine + ") >/dev/null 2>&1 &")
            .verify("test -e /tmp/" + mine, SHORT);
    assertThat(perform(patient).state()).isEqualTo(State.SUCCEEDED);
    var end = perform(draft().verify("echo not yet; exit 1", Duration.ofSeconds(1)));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("VerifyFailed");
    assertThat(end.failure().orElseThrow().message())
        .isEqualTo("check answers still fails after 1 s: not yet");
  }

  @Test
  void applied_state_is_recorded_with_files_compared_and_removed() {
    var json =
        "{\"version\":\"1\",\"packages\":[\"bash\",\"no-such-package\"],\"units\":[\"ssh.service\"]}";
    perform(draft().file("/tmp/" + mine, "x\n").writeFiles().applied(json));
    var sha = onMachine("sha256sum </tmp/" + mine).split(" ")[0];
    assertThat(shell().appliedState(target(), mine).orElseThrow())
        .startsWith("{\"version\":\"1\",")
        .contains("{\"path\":\"/tmp/" + mine + "\",\"sha256\":\"" + sha + "\"");
    assertThat(shell().drift(target(), mine))
        .contains(new HostDrift("package:no-such-package", "installed", "absent"))
        .noneMatch(
            drift -> drift.item().equals("package:bash") || drift.item().startsWith("file:"));
    onMachine("echo changed >/tmp/" + mine);
    assertThat(shell().drift(target(), mine)).anyMatch(d -> d.item().equals("file:/tmp/" + mine));
    perform(draft().run("remove", "rm /tmp/" + mine));
    assertThat(shell().appliedState(target(), mine)).isEmpty();
    assertThat(shell().drift(target(), mine)).isEmpty();
  }

  @Test
  void a_lower_epoch_is_refused() {
    var bundle = draft().run("effect", "touch /tmp/" + mine).build();
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
            onMachine("rm /var/lib/provisioning/epoch; test -e /tmp/" + mine + " || echo absent"))
        .isEqualTo("absent");
  }

  @Test
  void one_operation_runs_at_a_time_unless_it_is_parallel_safe() {
    var slow = operation(newId(), new BundleDraft(mine + "a").run("slow", "sleep 3").build());
    shell().start(target(), slow);
    var queued = operation(newId(), new BundleDraft(mine + "b").run("quick", "true").build());
    var report = shell().start(target(), queued);
    assertThat(report.state()).isEqualTo(State.QUEUED);
    assertThat(report.text()).startsWith("waits for " + mine + "a (operation " + slow.id());
    var free =
        new RemoteOperation(
            newId(),
            1,
            new BundleDraft(mine + "c").run("free", "true").build(),
            Map.of(),
            Map.of(),
            true,
            Optional.empty());
    assertThat(perform(free).state()).isEqualTo(State.SUCCEEDED);
    assertThat(shell().report(target(), slow.id()).state()).isEqualTo(State.RUNNING);
    assertThat(shell().await(target(), queued.id(), _ -> {}).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void exports_come_back_as_secrets() {
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
  void a_new_attempt_does_not_repeat_the_steps_that_are_done() {
    var bundle =
        draft()
            .run("once", "echo x >>/tmp/" + mine)
            .run("second", "test -e /tmp/" + mine + ".ok")
            .build();
    assertThat(perform(operation(newId(), bundle)).state()).isEqualTo(State.FAILED);
    onMachine("touch /tmp/" + mine + ".ok");
    var end = perform(operation(newId(), bundle));
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(end.skipped()).isEqualTo(1);
    assertThat(onMachine("wc -l </tmp/" + mine)).isEqualTo("1");
  }

  @Test
  void all_checks_of_a_machine_are_asked_at_once() {
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
            org.assertj.core.groups.Tuple.tuple("a", "fine", true, ""),
            org.assertj.core.groups.Tuple.tuple("a", "bad", false, "no such thing"),
            org.assertj.core.groups.Tuple.tuple("b", "stuck", false, "no answer within 1.000 s"),
            org.assertj.core.groups.Tuple.tuple("b", "fine", true, ""));
  }

  @Test
  void checks_have_the_environment_of_their_applied_service_and_no_secrets() {
    var command = "test \"$PORT\" = 6379 && test -z \"${PROVISIONING_SECRETS-}\"";
    var bundle = draft().environment("PORT", "6379").verify(command, SHORT).applied("{}").build();
    assertThat(perform(operation(newId(), bundle)).state()).isEqualTo(State.SUCCEEDED);
    var checks = Map.of(mine, List.of(check("port", command, 5)));
    assertThat(shell().health(target(), checks).answers())
        .allSatisfy(answer -> assertThat(answer.ok()).isTrue());
  }

  private static HealthCheck check(String name, String command, int seconds) {
    return new HealthCheck(name, command, Duration.ofSeconds(10), Duration.ofSeconds(seconds), 1);
  }

  @Test
  void a_full_disk_is_named() {
    var end =
        perform(
            draft()
                .run(
                    "fill",
                    "mkdir -p /small; head -c 5000000 /dev/zero >/small/"
                        + mine
                        + " || { rm -f /small/"
                        + mine
                        + "; exit 1; }"));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("DiskFull");
    assertThat(end.failure().orElseThrow().message())
        .startsWith("a disk of this machine is full, free some space there: ")
        .contains("No space left on device");
  }

  @Test
  void a_wrong_bundle_is_refused_before_anything_is_sent() {
    var bundle = draft().environment("not a name", "x").run("never", "true").build();
    assertThatThrownBy(() -> shell().start(target(), operation(newId(), bundle)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("not a name of an environment variable: not a name");
  }
}
