package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A machine with systemd and sshd as a container, driven by the docker command. */
final class TestMachine implements AutoCloseable {
  private static final String IMAGE = "provisioning/machine:debian-12";

  private final String name = "taskserv-shell-" + UUID.randomUUID();
  private final Path keys;

  private TestMachine(Path keys) {
    this.keys = keys;
  }

  static TestMachine boot() {
    try {
      TestMachine machine = new TestMachine(Files.createTempDirectory("machine-keys"));
      machine.create();
      return machine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create() throws IOException {
    sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/user");
    sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/ssh_host_ed25519_key");
    boolean v2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    List<String> words =
        new ArrayList<>(List.of("docker", "create", "--name", name, "--hostname", "machine"));
    words.addAll(List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"));
    words.addAll(
        List.of("--security-opt", "apparmor=unconfined", "--cgroupns", v2 ? "private" : "host"));
    words.addAll(List.of("--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/small:size=1m"));
    words.addAll(List.of("-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw", IMAGE));
    sh(words.toArray(String[]::new));
    sh("docker", "cp", keys + "/user.pub", name + ":/root/.ssh/authorized_keys");
    Files.createFile(keys.resolve("cloud-init.disabled"));
    sh("docker", "cp", keys + "/cloud-init.disabled", name + ":/etc/cloud/cloud-init.disabled");
    sh("docker", "cp", keys + "/ssh_host_ed25519_key", name + ":/etc/ssh/ssh_host_ed25519_key");
    sh("docker", "start", name);
    exec(
        "chown -R root:root /root/.ssh /etc/ssh && chmod 700 /root/.ssh"
            + " && chmod 600 /root/.ssh/* /etc/ssh/ssh_host_*");
    Awaitility.await("sshd")
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(
            () ->
                exec("systemctl is-active ssh; systemctl is-system-running --wait")
                    .contains("active"));
  }

  String address() {
    return sh(
            "docker",
            "inspect",
            "-f",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
            name)
        .strip();
  }

  /** Runs a script on the machine, beside SSH; its exit status is of no interest. */
  String exec(String script) {
    return sh("docker", "exec", name, "/bin/bash", "-c", "{ " + script + "; } 2>&1 || true");
  }

  ShellTarget target(String machine) {
    return new ShellTarget(
        machine,
        address(),
        22,
        "root",
        new SecretValue(read("user")),
        List.of(hostKey()),
        ShellTarget.HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(10));
  }

  private String hostKey() {
    return sh("ssh-keygen", "-l", "-f", keys + "/ssh_host_ed25519_key.pub").split(" ")[1];
  }

  private String read(String file) {
    try {
      return Files.readString(keys.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sh(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", words) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    sh("docker", "rm", "-f", "-v", name);
  }
}
