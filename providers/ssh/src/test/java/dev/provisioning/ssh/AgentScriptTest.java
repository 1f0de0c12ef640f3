package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.testkit.ssh.BundleDraft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent alone, without SSH and systemd, below a directory of its own. The machines tier runs
 * the same protocol on every developer's system, in a container.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the agent needs flock, setsid and GNU coreutils")
class AgentScriptTest {
  @TempDir Path root;
  private LocalAgent agent;

  @BeforeEach
  void unpackTheScript() {
    agent = new LocalAgent(root);
  }

  @AfterEach
  void leaveNothingRunning() {
    agent.end();
  }

  private Path lib() {
    return root.resolve("var/lib/provisioning");
  }

  private Path operationDirectory(RemoteOperation operation) {
    return lib().resolve("operations").resolve(operation.id().value());
  }

  @Test
  void where_there_is_no_systemd_the_runner_is_a_session_of_its_own() {
    var out = root.resolve("out");
    var end =
        agent.perform(
            LocalAgent.operation(new BundleDraft("t").run("write", "echo done >" + out).build()));
    assertThat(end.state()).isEqualTo(State.SUCCEEDED);
    assertThat(out).hasContent("done\n".strip());
  }

  @Test
  void units_cannot_be_started_without_systemd_and_the_message_says_so() {
    var end =
        agent.perform(LocalAgent.operation(new BundleDraft("t").startUnits("x.service").build()));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("SystemdMissing");
    assertThat(end.failure().orElseThrow().message())
        .isEqualTo("this machine does not run systemd, so its units cannot be started");
  }

  @Test
  void a_killed_runner_is_lost_its_secrets_go_and_a_late_runner_does_nothing() throws IOException {
    var out = root.resolve("out");
    var bundle = new BundleDraft("t").run("slow", "echo x >>" + out + "; exec sleep 30").build();
    var operation = LocalAgent.operation(bundle, Map.of("pw", new SecretValue("hunter22")));
    agent.start(operation);
    Awaitility.await().until(() -> Files.exists(out));
    var secrets = root.resolve("run/provisioning").resolve(operation.id().value());
    assertThat(secrets).exists();
    var pid = Files.readString(operationDirectory(operation).resolve("pid")).strip();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> agent.report(operation).state() == State.LOST);
    assertThat(secrets).doesNotExist();
    assertThat(agent.call(new byte[0], "run", operation.id().value()).exit()).isZero();
    assertThat(agent.report(operation).state()).isEqualTo(State.LOST);
    assertThat(out).hasContent("x");
  }

  @Test
  void a_bundle_that_was_damaged_on_disk_is_sent_again() throws IOException {
    var bundle = new BundleDraft("t").run("true", "true").build();
    agent.perform(LocalAgent.operation(bundle));
    assertThat(agent.start(LocalAgent.operation(bundle)).lines()).doesNotContain("need-bundle");
    Files.writeString(
        lib().resolve("bundles").resolve(bundle.digest()).resolve("steps/01/run"), "rm -rf /x");
    assertThat(agent.start(LocalAgent.operation(bundle)).lines()).contains("need-bundle");
  }

  @Test
  void a_bundle_that_arrives_cut_short_starts_nothing() throws IOException {
    var operation = LocalAgent.operation(new BundleDraft("t").run("true", "true").build());
    var own = OperationArchive.of(operation);
    var bundle = BundleArchive.of(operation.bundle());
    var input = new ByteArrayOutputStream();
    input.writeBytes(own);
    input.write(bundle, 0, bundle.length / 2);
    var answer =
        agent.call(
            input.toByteArray(),
            "start",
            operation.id().value(),
            "1",
            operation.bundle().digest(),
            "t",
            Integer.toString(own.length),
            Integer.toString(bundle.length));
    assertThat(answer.exit()).isNotZero();
    assertThat(agent.report(operation).state()).isEqualTo(State.ABSENT);
    try (var left = Files.list(root.resolve("run/provisioning"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void the_log_is_bounded_and_its_end_is_kept() throws IOException {
    var chatty =
        "for i in $(seq 1 3); do head -c 900000 /dev/zero | tr '\\0' x; echo; sleep 1.2; done; echo last words; exit 1";
    var operation = LocalAgent.operation(new BundleDraft("t").run("chatty", chatty).build());
    var end = agent.perform(operation);
    assertThat(end.failure().orElseThrow().logTail()).endsWith("last words");
    assertThat(Files.size(operationDirectory(operation).resolve("log")))
        .isLessThan(2 * 1024 * 1024);
  }

  @Test
  void secrets_of_several_lines_are_redacted_line_by_line_on_disk_too() throws IOException {
    var key =
        "-----BEGIN KEY-----\nc2VjcmV0LWxpbmUtb25l\nc2VjcmV0LWxpbmUtdHdv\n-----END KEY-----\n";
    var bundle =
        new BundleDraft("t")
            .run("leak", "tail -n 2 $PROVISIONING_SECRETS/key | head -n 1; exit 1")
            .build();
    var operation = LocalAgent.operation(bundle, Map.of("key", new SecretValue(key)));
    assertThat(agent.perform(operation).failure().orElseThrow().logTail())
        .containsExactly("[redacted]");
    assertThat(Files.readString(operationDirectory(operation).resolve("log")))
        .doesNotContain("c2VjcmV0");
  }

  @Test
  void an_operation_ends_at_its_own_limit_even_between_steps() {
    var bundle = new BundleDraft("t").run("slow", "sleep 30").run("never", "true").build();
    var id = OperationId.of(UUID.randomUUID().toString(), 0, "test");
    var limited =
        new RemoteOperation(
            id, 1, bundle, Map.of(), Map.of(), false, Optional.of(Duration.ofSeconds(1)));
    var end = agent.perform(limited);
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("StepTimeout");
    assertThat(end.failure().orElseThrow().step()).isEqualTo("slow");
  }

  @Test
  void only_the_newest_operations_are_kept() {
    for (int i = 0; i < 22; i++) {
      agent.perform(LocalAgent.operation(new BundleDraft("t").run("s", ": " + i).build()));
    }
    // Tidying up comes after the end is recorded.
    Awaitility.await()
        .untilAsserted(() -> assertThat(lib().resolve("operations").toFile().list()).hasSize(20));
  }
}
