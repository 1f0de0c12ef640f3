package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.testkit.ssh.BundleDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the agent writes: files with secrets in them, and the units that read them, touched once.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the agent needs flock, setsid and GNU coreutils")
class AgentFilesTest {
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

  @Test
  void a_missing_secret_is_named() throws IOException {
    var file =
        new ManagedFile(
            "/etc/app.conf",
            "p=" + Bundle.secretMarker("pw"),
            "0600",
            owner(),
            Optional.empty(),
            List.of(),
            List.of());
    var end =
        agent.perform(LocalAgent.operation(new BundleDraft("t").file(file).writeFiles().build()));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("SecretMissing");
    assertThat(end.failure().orElseThrow().message())
        .isEqualTo("/etc/app.conf needs the secret pw, which was not sent with the operation");
    assertThat(root.resolve("etc/app.conf")).doesNotExist();
  }

  @Test
  void secrets_replace_their_markers_byte_for_byte() throws IOException {
    var secret = "a&b\\c/$d'\"`e\nf@@g";
    var content = "x=" + Bundle.secretMarker("pw") + "; y=" + Bundle.secretMarker("pw") + "\n\n";
    var file =
        new ManagedFile(
            "/etc/app.conf", content, "0640", owner(), Optional.empty(), List.of(), List.of());
    var bundle = new BundleDraft("t").file(file).writeFiles().build();
    assertThat(
            agent
                .perform(LocalAgent.operation(bundle, Map.of("pw", new SecretValue(secret))))
                .state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(Files.readString(root.resolve("etc/app.conf")))
        .isEqualTo("x=" + secret + "; y=" + secret + "\n\n");
  }

  @Test
  void an_unknown_owner_leaves_the_old_file_and_is_named() throws IOException {
    var file =
        new ManagedFile(
            "/etc/app.conf",
            "new",
            "0640",
            "nosuchuser:nosuchgroup",
            Optional.empty(),
            List.of(),
            List.of());
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/app.conf"), "old");
    var end =
        agent.perform(LocalAgent.operation(new BundleDraft("t").file(file).writeFiles().build()));
    assertThat(end.failure().orElseThrow().reason()).isEqualTo("FileNotWritten");
    assertThat(end.failure().orElseThrow().message())
        .startsWith("/etc/app.conf: ")
        .contains("nosuchuser");
    assertThat(root.resolve("etc/app.conf")).hasContent("old");
    try (var left = Files.list(root.resolve("etc"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void a_restart_wins_over_a_reload_and_each_unit_is_touched_once() throws IOException {
    var log = fakeSystemctl();
    var files =
        new BundleDraft("t")
            .file(unitFile("/etc/a.conf", List.of(), List.of("web.service")))
            .file(unitFile("/etc/b.conf", List.of("web.service"), List.of("db.service")))
            .file(unitFile("/etc/systemd/system/web.service", List.of(), List.of()));
    assertThat(
            agent
                .perform(LocalAgent.operation(files.writeFiles().startUnits("web.service").build()))
                .state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> !line.startsWith("is-"))
        .containsExactly("daemon-reload", "restart web.service", "reload-or-restart db.service");
    assertThat(root.resolve("var/lib/provisioning/taskservs/t.pending")).doesNotExist();
  }

  private ManagedFile unitFile(String path, List<String> restarts, List<String> reloads)
      throws IOException {
    return new ManagedFile(path, "x", "0644", owner(), Optional.empty(), restarts, reloads);
  }

  /** Says that every unit is enabled and active, and writes down what it was asked. */
  private Path fakeSystemctl() throws IOException {
    var log = root.resolve("systemctl.log");
    var fake = root.resolve("systemctl");
    Files.writeString(fake, "#!/bin/sh\necho \"$*\" >>" + log + "\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    agent.environment(Map.of("PROVISIONING_SYSTEMCTL", fake.toString()));
    return log;
  }

  private String owner() throws IOException {
    var attributes = Files.readAttributes(root, java.nio.file.attribute.PosixFileAttributes.class);
    return attributes.owner().getName() + ":" + attributes.group().getName();
  }
}
