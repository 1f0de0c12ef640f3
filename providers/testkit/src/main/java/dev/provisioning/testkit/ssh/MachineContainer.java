package dev.provisioning.testkit.ssh;

import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import dev.provisioning.testkit.Programs;
import dev.provisioning.testkit.Scratch;
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
import org.awaitility.Awaitility;

/**
 * A machine with systemd and sshd as a container, driven by the docker command. Image {@code
 * provisioning/machine:debian-12} must be there.
 */
public final class MachineContainer implements AutoCloseable {
  private static final String IMAGE = "provisioning/machine:debian-12";

  private final String name;
  private final Path keys;

  private MachineContainer(String name, Path keys) {
    this.name = name;
    this.keys = keys;
  }

  /**
   * Boots a machine with a small disk at /small, and waits until it answers and has booted.
   *
   * @param prefix of the container's name, to see whose it is
   */
  public static MachineContainer boot(String prefix) {
    try {
      var machine =
          new MachineContainer(prefix + "-" + UUID.randomUUID(), Scratch.directory("machine-keys"));
      machine.create();
      machine.start();
      return machine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create() throws IOException {
    Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/user");
    Programs.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/ssh_host_ed25519_key");
    boolean v2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    var words =
        new ArrayList<>(List.of("docker", "create", "--name", name, "--hostname", "machine"));
    words.addAll(List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"));
    words.addAll(
        List.of("--security-opt", "apparmor=unconfined", "--cgroupns", v2 ? "private" : "host"));
    words.addAll(List.of("--tmpfs", "/run", "--tmpfs", "/run/lock", "--tmpfs", "/small:size=1m"));
    words.addAll(List.of("-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw"));
    words.add(IMAGE);
    Programs.run(words.toArray(String[]::new));
    Programs.run("docker", "cp", keys + "/user.pub", name + ":/root/.ssh/authorized_keys");
    // cloud-init would make host keys of its own.
    Files.createFile(keys.resolve("cloud-init.disabled"));
    Programs.run(
        "docker", "cp", keys + "/cloud-init.disabled", name + ":/etc/cloud/cloud-init.disabled");
    Programs.run(
        "docker", "cp", keys + "/ssh_host_ed25519_key", name + ":/etc/ssh/ssh_host_ed25519_key");
  }

  private void start() {
    Programs.run("docker", "start", name);
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
  public void reboot() {
    Programs.run("docker", "restart", "-t", "20", name);
    awaitSsh();
  }

  /** The plug is pulled: nothing gets a signal that it could answer. */
  public void powerCycle() {
    Programs.run("docker", "kill", "-s", "KILL", name);
    Programs.run("docker", "start", name);
    awaitSsh();
  }

  public String address() {
    return Programs.run(
            "docker",
            "inspect",
            "-f",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
            name)
        .strip();
  }

  /**
   * Runs a script on the machine, beside SSH.
   *
   * @throws IllegalStateException with its output, when it does not exit with 0
   */
  public String exec(String script) {
    return Programs.run("docker", "exec", name, "/bin/bash", "-c", script);
  }

  /** Fingerprint, as {@code ssh-keygen -l} prints it. */
  public String hostKey() {
    return Programs.run("ssh-keygen", "-l", "-f", keys + "/ssh_host_ed25519_key.pub").split(" ")[1];
  }

  public SecretValue userKey() {
    try {
      return new SecretValue(Files.readString(keys.resolve("user")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its root, by the key that it was made with. */
  public ShellTarget target() {
    return target("root", address(), 22);
  }

  public ShellTarget target(String user, String host, int port) {
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

  @Override
  public void close() {
    Programs.run("docker", "rm", "-f", "-v", name);
  }
}
