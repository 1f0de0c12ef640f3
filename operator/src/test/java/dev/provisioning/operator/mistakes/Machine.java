package dev.provisioning.operator.mistakes;

import dev.provisioning.testkit.Programs;
import dev.provisioning.testkit.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A machine as a container, with sshd and, if it is whole, with systemd. */
final class Machine implements AutoCloseable {
  private static final String IMAGE = "provisioning/machine:debian-12";

  /** Without systemd sshd itself is the first process: such a machine is there at once. */
  private static final String SSHD =
      "mkdir -p /run/sshd; ssh-keygen -A; tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id;"
          + " exec /usr/sbin/sshd -D";

  private final String name = "worlds-" + UUID.randomUUID();
  private final String privateKey;
  private final String address;
  private final String hostKey;

  private Machine(boolean whole) {
    try {
      Path keys = Scratch.directory("worlds-keys");
      Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", keys + "/user");
      privateKey = Files.readString(keys.resolve("user"));
      Programs.run(whole ? bootable() : sshd());
      address = inspect("IPAddress");
      awaitSshd();
      exec(
          "for u in admin plain; do useradd -m -s /bin/bash $u || true; done;"
              + " echo 'admin ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/admin;"
              + " for h in /root /home/admin /home/plain; do mkdir -p -m 700 $h/.ssh;"
              + " echo '"
              + Files.readString(keys.resolve("user.pub")).strip()
              + "' >$h/.ssh/authorized_keys; chown -R --reference=$h $h/.ssh; done");
      hostKey = exec("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without systemd. */
  static Machine small() {
    return new Machine(false);
  }

  static Machine whole() {
    return new Machine(true);
  }

  private String[] sshd() {
    return new String[] {"docker", "run", "-d", "--name", name, IMAGE, "/bin/sh", "-c", SSHD};
  }

  private String[] bootable() {
    boolean v2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    List<String> words = new ArrayList<>(List.of("docker", "run", "-d", "--name", name));
    words.addAll(List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"));
    words.addAll(List.of("--security-opt", "apparmor=unconfined"));
    words.addAll(List.of("--cgroupns", v2 ? "private" : "host"));
    words.addAll(List.of("--tmpfs", "/run", "--tmpfs", "/run/lock"));
    words.addAll(List.of("--tmpfs", "/small:size=64k"));
    words.addAll(List.of("-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw", IMAGE));
    return words.toArray(String[]::new);
  }

  private void awaitSshd() {
    Awaitility.await("sshd of " + name)
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptions()
        .until(
            () -> {
              try (var socket = new Socket(address, 22)) {
                return socket.getInputStream().read() == 'S';
              }
            });
  }

  private String inspect(String what) {
    return Programs.run(
            "docker", "inspect", "-f", "{{.NetworkSettings.Networks.bridge." + what + "}}", name)
        .strip();
  }

  /** Where this computer is, seen from the machine. */
  String gateway() {
    return inspect("Gateway");
  }

  /** Puts what only this machine knows into a document. */
  String filledIn(String manifest) {
    return manifest
        .replace("${address}", address)
        .replace("${hostKey}", hostKey)
        .replace("${key}", Base64.getEncoder().encodeToString(bytes(privateKey)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Runs a script beside SSH; fails with its output. */
  String exec(String script) {
    return Programs.run("docker", "exec", name, "/bin/bash", "-c", script);
  }

  @Override
  public void close() {
    Programs.run("docker", "rm", "-f", "-v", name);
  }
}
