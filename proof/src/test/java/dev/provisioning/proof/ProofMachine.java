package dev.provisioning.proof;

import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.MachineFacts;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import dev.provisioning.testkit.Programs;
import dev.provisioning.testkit.Scratch;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A machine with systemd and sshd as a container that may run containers itself. */
final class ProofMachine implements AutoCloseable {
  private static final String IMAGE = "provisioning/machine:debian-12";
  private static final Duration BOOT = Duration.ofSeconds(90);
  private final String container = "catalogue-proof-" + UUID.randomUUID();
  private final String name;
  private final Path keys;
  private final String address = ProofNetwork.address();

  private ProofMachine(String name, Path keys) {
    this.name = name;
    this.keys = keys;
  }

  static ProofMachine boot(String name) {
    var machine = new ProofMachine(name, Scratch.directory("proof-keys"));
    machine.create();
    return machine;
  }

  private void create() {
    Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/user");
    // Some engines can grant everything but this.
    if (!attempt(List.of("--cap-add", "ALL"))) {
      Programs.run("docker", "rm", "-f", "-v", container);
      if (!attempt(List.of("--cap-add", "ALL", "--cap-drop", "SYS_RESOURCE"))) {
        throw new IllegalStateException("the engine starts no machine of image " + IMAGE);
      }
    }
    awaitSsh();
    exec("mkdir -p /root/.ssh && cat >/root/.ssh/authorized_keys <<<'" + publicKey() + "'");
  }

  private boolean attempt(List<String> capabilities) {
    boolean v2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    var words = new ArrayList<>(List.of("docker", "run", "-d", "--name", container));
    words.addAll(List.of("--hostname", name, "--label", "provisioning.dev/proof=catalogue"));
    words.addAll(capabilities);
    List.of("seccomp=unconfined", "apparmor=unconfined", "systempaths=unconfined")
        .forEach(option -> words.addAll(List.of("--security-opt", option)));
    words.addAll(List.of("--cgroupns", v2 ? "private" : "host"));
    words.addAll(List.of("-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw"));
    words.addAll(List.of("--tmpfs", "/run", "--tmpfs", "/run/lock"));
    words.addAll(List.of("--network", ProofNetwork.name(), "--ip", address));
    // Layers of images cannot lie on the layers of the machine itself.
    words.addAll(List.of("-v", "/var/lib/containerd", IMAGE));
    return Programs.attempt(words.toArray(String[]::new)).code() == 0;
  }

  private void awaitSsh() {
    Awaitility.await("sshd of " + name)
        .atMost(BOOT)
        .ignoreExceptions()
        .until(
            () -> {
              exec("! systemctl is-system-running | grep -qE 'starting|initializing'");
              exec("systemctl is-active --quiet ssh || systemctl start ssh");
              try (var socket = new Socket(address(), 22)) {
                return socket.getInputStream().read() == 'S';
              }
            });
  }

  /** As a machine sees it: systemd shuts down, the disk survives. */
  void restart() {
    Programs.run("docker", "restart", "-t", "20", container);
    awaitSsh();
    // sshd answers while other units still start; a failed unit elsewhere ("degraded") is no
    // concern.
    exec("systemctl is-system-running --wait | grep -qxE 'running|degraded'");
  }

  String name() {
    return name;
  }

  String address() {
    return address;
  }

  /** Runs a script on the machine, beside SSH; fails with its output. */
  String exec(String script) {
    return Programs.run("docker", "exec", container, "/bin/bash", "-euo", "pipefail", "-c", script);
  }

  /** The same with {@code environment}. */
  String exec(String script, Map<String, String> environment) {
    var words = new ArrayList<>(List.of("docker", "exec"));
    environment.forEach((key, value) -> words.addAll(List.of("-e", key + "=" + value)));
    words.addAll(List.of(container, "/bin/bash", "-euo", "pipefail", "-c", script));
    return Programs.run(words.toArray(String[]::new));
  }

  ShellTarget target() {
    String[] words = exec("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub").split(" ");
    return new ShellTarget(
        container,
        address(),
        22,
        "root",
        new SecretValue(Catalogue.text(keys.resolve("user"))),
        List.of(words[1]),
        HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(20));
  }

  ServerFacts server(RemoteShell shell) {
    MachineFacts facts = shell.contact(target()).facts();
    return new ServerFacts(
        name,
        container,
        1,
        "proof",
        name,
        Map.of(),
        List.of(new Address(Address.Type.PRIVATE_IPV4, address())),
        Optional.of(facts),
        Optional.empty(),
        false,
        false);
  }

  private String publicKey() {
    return Catalogue.text(keys.resolve("user.pub")).strip();
  }

  @Override
  public void close() {
    Programs.run("docker", "rm", "-f", "-v", container);
  }
}
