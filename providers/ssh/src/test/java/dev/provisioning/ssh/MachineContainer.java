package dev.provisioning.ssh;

import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A machine with systemd and sshd as a container, driven by the docker command. */
final class MachineContainer implements AutoCloseable {
  private static final String IMAGE = "provisioning/machine:debian-12";
  private final String name = "ssh-contract-" + UUID.randomUUID();
  private final Path keys;

  private MachineContainer(Path keys) {
    this.keys = keys;
  }

  /** Boots a machine with a small disk at /small, and waits until it answers and has booted. */
  static MachineContainer boot() {
    try {
      var machine = new MachineContainer(Files.createTempDirectory("machine-keys"));
      machine.create();
      machine.start();
      return machine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create() throws IOException {
    sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/user");
    sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/ssh_host_ed25519_key");
    boolean v2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    var words =
        new ArrayList<>(List.of("docker", "create", "--name", name, "--hostname", "machine"));
    words.addAll(List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"));
    words.addAll(
        List.of("--security-opt", "apparmor=unconfined", "--cgroupns", v2 ? "private" : "host"));
    words.addAll(List.of("--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/small:size=1m"));
    words.addAll(List.of("-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw"));
    words.add(IMAGE);
    sh(words.toArray(String[]::new));
    sh("docker", "cp", keys + "/user.pub", name + ":/root/.ssh/authorized_keys");
    // cloud-init would make host keys of its own.
    Files.createFile(keys.resolve("cloud-init.disabled"));
    sh("docker", "cp", keys + "/cloud-init.disabled", name + ":/etc/cloud/cloud-init.disabled");
    sh("docker", "cp", keys + "/ssh_host_ed25519_key", name + ":/etc/ssh/ssh_host_ed25519_key");
  }

  void start() {
    sh("docker", "start", name);
    exec(
        "chown -R root:root /root/.ssh /etc/ssh && chmod 700 /root/.ssh && chmod 600 /root/.ssh/* /etc/ssh/ssh_host_*");
    awaitSsh();
  }

  private void awaitSsh() {
    Awaitility.await("sshd")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              exec(
                  "systemctl is-active --quiet ssh || systemctl start ssh; ! systemctl is-system-running | grep -q starting");
              try (var socket = new Socket(address(), 22)) {
                return socket.getInputStream().read() == 'S';
              }
            });
  }

  /** A reboot as a machine sees it: systemd shuts down, and the disk survives. */
  void reboot() {
    sh("docker", "restart", "-t", "20", name);
    awaitSsh();
  }

  /** The plug is pulled: nothing gets a signal that it could answer. */
  void powerCycle() {
    sh("docker", "kill", "-s", "KILL", name);
    sh("docker", "start", name);
    awaitSsh();
  }

  /** The machine now shows another host key. */
  void swapHostKey() {
    exec(
        "rm -f /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
    awaitSsh();
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

  /** Runs a script on the machine, beside SSH. */
  String exec(String script) {
    return sh("docker", "exec", name, "/bin/bash", "-c", script);
  }

  String hostKey() {
    return sh("ssh-keygen", "-l", "-f", keys + "/ssh_host_ed25519_key.pub").split(" ")[1];
  }

  SecretValue userKey() {
    try {
      return new SecretValue(Files.readString(keys.resolve("user")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ShellTarget target() {
    return target("root", address(), 22);
  }

  ShellTarget target(String user, String host, int port) {
    return new ShellTarget(
        name,
        host,
        port,
        user,
        userKey(),
        List.of(hostKey()),
        HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(10));
  }

  static String sh(String... words) {
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
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
