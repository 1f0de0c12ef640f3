package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.testkit.ssh.BundleDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runner is killed at its n-th shell command, for n over the whole run; then a new attempt is
 * made. Whatever n is: each effect happened once, the unit last restarted after its file was new,
 * the state is recorded, and no secret is left. {@code -Dcrash.stride=1} tries every n.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the agent needs flock, setsid and GNU coreutils")
class CrashAnywhereTest {
  private static final int STRIDE = Integer.getInteger("crash.stride", 61);
  @TempDir Path temp;

  @Test
  void wherever_the_runner_is_killed_the_next_attempt_ends_as_if_nothing_had_happened()
      throws IOException {
    int crashes = 0;
    for (int n = 1; crashAt(n); n += STRIDE) {
      crashes++;
    }
    System.out.println("runner killed at " + crashes + " different commands, stride " + STRIDE);
    assertThat(crashes).isGreaterThan(400 / STRIDE);
  }

  /** False when the run ended before its n-th command. */
  private boolean crashAt(int n) throws IOException {
    var root = Files.createDirectory(temp.resolve("n" + n));
    var agent = new LocalAgent(root);
    var first = operation(root);
    agent.environment(crashing(root, n));
    agent.start(first);
    var crashed = agent.await(first).state();
    agent.environment(systemctl(root));
    if (crashed == State.SUCCEEDED) {
      return false;
    }
    assertThat(crashed).as("killed at command %d", n).isEqualTo(State.LOST);
    var second = operation(root);
    var end = agent.perform(second);
    assertThat(end.state()).as("after a kill at command %d: %s", n, end).isEqualTo(State.SUCCEEDED);
    assertWholeAndOnce(root, n);
    agent.end();
    return true;
  }

  private static void assertWholeAndOnce(Path root, int n) throws IOException {
    var lib = root.resolve("var/lib/provisioning");
    assertThat(root.resolve("effect")).as("killed at %d", n).hasContent("x");
    assertThat(root.resolve("etc/web.conf")).hasContent("word=hunter22");
    var restarts = Files.readAllLines(root.resolve("systemctl.log"));
    assertThat(restarts).as("killed at %d", n).contains("restart web.service word=hunter22");
    assertThat(lib.resolve("taskservs/t.pending")).as("killed at %d", n).doesNotExist();
    assertThat(lib.resolve("taskservs/t.json"))
        .content()
        .contains("\"version\":\"1\"", "etc/web.conf");
    try (var left = Files.list(root.resolve("run/provisioning"))) {
      assertThat(left).as("killed at %d", n).isEmpty();
    }
    try (var files = Files.list(root.resolve("etc"))) {
      assertThat(files).as("killed at %d", n).hasSize(1);
    }
  }

  private static RemoteOperation operation(Path root) throws IOException {
    var attributes = Files.readAttributes(root, PosixFileAttributes.class);
    var owner = attributes.owner().getName() + ":" + attributes.group().getName();
    var content = "word=" + Bundle.secretMarker("pw");
    var file =
        new ManagedFile(
            "/etc/web.conf",
            content,
            "0600",
            owner,
            Optional.empty(),
            List.of("web.service"),
            List.of());
    var bundle =
        new BundleDraft("t")
            .run(
                "once",
                "echo x >>" + root + "/effect",
                BundleDraft.unless("test -s " + root + "/effect"))
            .run("again", ": >" + root + "/harmless")
            .file(file)
            .writeFiles()
            .startUnits("web.service")
            .applied("{\"version\":\"1\"}")
            .build();
    return LocalAgent.operation(bundle, Map.of("pw", new SecretValue("hunter22")));
  }

  /** Bash reads this before the script; it counts the runner's commands. */
  private static Map<String, String> crashing(Path root, int n) throws IOException {
    var hook = root.resolve("hook.sh");
    Files.writeString(
        hook,
        """
        mapfile -d '' -t words </proc/$$/cmdline
        if [[ ${words[2]-} == run ]]; then
          set -o functrace
          crash_count=0
          trap '((++crash_count == %d)) && kill -KILL $$' DEBUG
        fi
        unset words
        """
            .formatted(n));
    return Map.of(
        "BASH_ENV",
        hook.toString(),
        "PROVISIONING_SYSTEMCTL",
        systemctl(root).get("PROVISIONING_SYSTEMCTL"));
  }

  /** Says that every unit is enabled and active, and notes what a restarted unit reads. */
  private static Map<String, String> systemctl(Path root) throws IOException {
    var fake = root.resolve("systemctl");
    Files.writeString(
        fake,
        "#!/bin/sh\necho \"$* $(cat %s/etc/web.conf)\" >>%s/systemctl.log\n".formatted(root, root));
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    return Map.of("PROVISIONING_SYSTEMCTL", fake.toString());
  }
}
