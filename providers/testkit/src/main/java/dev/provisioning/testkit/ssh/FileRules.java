package dev.provisioning.testkit.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Managed files and the units that read them. */
interface FileRules extends ShellRules {
  @Test
  default void secrets_reach_files_and_steps_and_stay_nowhere_else() {
    var canary = "canary-" + UUID.randomUUID();
    var file =
        new ManagedFile(
            "/tmp/" + mine() + ".conf",
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
    assertThat(onMachine("cat /tmp/" + mine() + ".conf")).isEqualTo("password " + canary);
    assertThat(onMachine("stat -c %a /tmp/" + mine() + ".conf")).isEqualTo("600");
    var search = "cat > /dev/null; grep -rlF -- \"$(printf %s " + canary.substring(0, 10) + ")\"";
    assertThat(onMachine(search + " /var/lib/provisioning /run/provisioning /var/log; true"))
        .isEmpty();
  }

  @Test
  default void only_files_that_differ_are_written_and_only_their_units_restarted() {
    assertThat(perform(service("one")).state()).isEqualTo(State.SUCCEEDED);
    var first = mainPid();
    var unchanged = perform(service("one"));
    assertThat(unchanged.ran()).isZero();
    assertThat(unchanged.skipped()).isEqualTo(2);
    assertThat(mainPid()).isEqualTo(first);
    assertThat(perform(service("two")).ran()).isEqualTo(2);
    assertThat(mainPid()).isNotEqualTo(first);
    assertThat(onMachine("systemctl is-enabled " + unit())).isEqualTo("enabled");
  }

  @Test
  default void a_restart_that_is_due_survives_a_failure_in_between() {
    perform(service("one"));
    var first = mainPid();
    var broken = draft().file(config("two")).writeFiles().run("crash", "exit 1");
    assertThat(perform(broken).state()).isEqualTo(State.FAILED);
    assertThat(mainPid()).isEqualTo(first);
    perform(service("two"));
    assertThat(mainPid()).isNotEqualTo(first);
  }

  @Test
  default void a_file_that_its_own_check_refuses_leaves_the_old_one() {
    perform(draft().file("/tmp/" + mine(), "good\n").writeFiles());
    var bad =
        new ManagedFile(
            "/tmp/" + mine(),
            "bad\n",
            "0644",
            "root:root",
            Optional.of("grep good \"$FILE\""),
            List.of(),
            List.of());
    var end = perform(draft().file(bad).writeFiles());
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("FileInvalid");
    assertThat(end.failure().orElseThrow().message())
        .startsWith("/tmp/" + mine() + ": the new content was refused");
    assertThat(onMachine("cat /tmp/" + mine())).isEqualTo("good");
  }

  /** A unit that sleeps, and the configuration that it has to be restarted for. */
  private BundleDraft service(String config) {
    var text = "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n";
    return draft()
        .file(config(config))
        .file(restarting("/etc/systemd/system/" + unit(), text, "0644"))
        .writeFiles()
        .startUnits(unit());
  }

  private ManagedFile config(String content) {
    return restarting("/tmp/" + mine() + ".conf", content, "0640");
  }

  private ManagedFile restarting(String path, String content, String mode) {
    return new ManagedFile(
        path, content, mode, "root:root", Optional.empty(), List.of(unit()), List.of());
  }

  private String unit() {
    return mine() + ".service";
  }

  private String mainPid() {
    return onMachine("systemctl show -p MainPID --value " + unit());
  }
}
