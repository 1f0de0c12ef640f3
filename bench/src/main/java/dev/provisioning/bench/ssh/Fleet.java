package dev.provisioning.bench.ssh;

import dev.provisioning.bench.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Machines with systemd and sshd as containers, made for one benchmark and removed after it. */
final class Fleet implements AutoCloseable {
  private static final String IMAGE = "provisioning/bench:redis";
  private static final String MACHINE_IMAGE = "provisioning/machine:debian-12";
  private static final String LABEL = "provisioning.dev/bench=ssh";

  private final Path directory;
  private final List<Box> boxes = new ArrayList<>();

  private Fleet(Path directory) {
    this.directory = directory;
  }

  /** One machine; {@code hostKey} is the fingerprint that it shows. */
  record Box(String name, String address, String hostKey) {}

  static Fleet boot(int size) throws Exception {
    var fleet = new Fleet(Files.createTempDirectory("provisioning-bench"));
    Runtime.getRuntime().addShutdownHook(new Thread(fleet::removeQuietly));
    fleet.buildImage();
    Programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", fleet.key().toString());
    for (int i = 1; i <= size; i++) {
      fleet.boxes.add(fleet.boot("bench-%02d-%d".formatted(i, ProcessHandle.current().pid())));
    }
    return fleet;
  }

  private void buildImage() throws IOException {
    Resources.unpack("Dockerfile", directory);
    Programs.run(
        "docker",
        "build",
        "-q",
        "--network",
        "host",
        "--build-arg",
        "MACHINE=" + MACHINE_IMAGE,
        "-t",
        IMAGE,
        directory.toString());
  }

  private Box boot(String name) throws IOException {
    Programs.run(
        "docker",
        "create",
        "--name",
        name,
        "--hostname",
        name,
        "--label",
        LABEL,
        "--cap-add",
        "SYS_ADMIN",
        "--security-opt",
        "seccomp=unconfined",
        "--security-opt",
        "apparmor=unconfined",
        "--cgroupns",
        "host",
        "-v",
        "/sys/fs/cgroup:/sys/fs/cgroup:rw",
        "--tmpfs",
        "/run",
        "--tmpfs",
        "/run/lock",
        IMAGE);
    Programs.run("docker", "cp", key() + ".pub", name + ":/root/.ssh/authorized_keys");
    Programs.run("docker", "start", name);
    exec(
        name,
        "chown -R root:root /root/.ssh; chmod 700 /root/.ssh; chmod 600 /root/.ssh/*;"
            + " rm -f /etc/ssh/ssh_host_*;"
            + " ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key;"
            + " until systemctl restart ssh && systemctl is-active -q ssh; do sleep 0.2; done");
    var print = exec(name, "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub").split(" ")[1];
    var address =
        Programs.run(
                "docker",
                "inspect",
                "-f",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                name)
            .strip();
    return new Box(name, address, print);
  }

  List<Box> boxes() {
    return List.copyOf(boxes);
  }

  Path directory() {
    return directory;
  }

  /** The private key of root on all machines. */
  Path key() {
    return directory.resolve("key");
  }

  void reset() throws Exception {
    var script = Resources.text("reset.sh");
    each(box -> exec(box.name(), script));
  }

  /** Fails unless each machine's service answers with this configuration. */
  void requireServing(String maxmemory) throws Exception {
    each(
        box -> {
          var seen = exec(box.name(), "redis-cli --raw config get maxmemory | tail -n 1").strip();
          long wanted = Long.parseLong(maxmemory.replace("mb", "")) * 1024 * 1024;
          if (!seen.equals(Long.toString(wanted))) {
            throw new IllegalStateException(box.name() + " has maxmemory " + seen);
          }
          return seen;
        });
  }

  /** Something to do to one machine. */
  interface Deed {
    Object to(Box box) throws Exception;
  }

  /** All machines at once; the first failure is thrown. */
  void each(Deed deed) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> deeds = new ArrayList<>();
      for (var box : boxes) {
        deeds.add(() -> deed.to(box));
      }
      for (var result : threads.invokeAll(deeds)) {
        result.get();
      }
    }
  }

  private static String exec(String name, String script) throws IOException {
    return Programs.run("docker", "exec", name, "bash", "-c", script);
  }

  private void removeQuietly() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("containers bench-* are left behind: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    for (var box : boxes()) {
      Programs.run("docker", "rm", "-f", "-v", box.name());
    }
    boxes.clear();
  }
}
