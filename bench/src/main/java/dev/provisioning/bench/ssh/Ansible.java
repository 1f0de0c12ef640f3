package dev.provisioning.bench.ssh;

import dev.provisioning.bench.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Ansible, tuned: pipelining, ControlPersist, a fork per machine, free strategy, no facts. */
final class Ansible implements Contender {
  private final Fleet fleet;
  private final String program;
  private final Path directory;

  /** {@code program} is {@code ansible-playbook}. */
  Ansible(Fleet fleet, String program) throws IOException {
    this.fleet = fleet;
    this.program = program;
    this.directory = Files.createDirectories(fleet.directory().resolve("ansible"));
    Resources.unpack("redis.yml", directory);
    Resources.unpack("ansible.cfg", directory);
    var hosts =
        fleet.boxes().stream()
            .map(box -> box.name() + " ansible_host=" + box.address())
            .collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(directory.resolve("hosts"), hosts);
  }

  String version() throws IOException {
    return Programs.run(program, "--version").lines().findFirst().orElse("unknown");
  }

  @Override
  public String name() {
    return "Ansible";
  }

  @Override
  public void apply(String maxmemory) throws Exception {
    var conf = directory.resolve("redis.conf");
    Files.writeString(conf, Resources.configuration(maxmemory));
    Programs.run(
        List.of(
            program,
            "-i",
            directory + "/hosts",
            "-u",
            "root",
            "--private-key",
            fleet.key().toString(),
            "-e",
            "conf=" + conf,
            directory + "/redis.yml"),
        environment());
  }

  private Map<String, String> environment() {
    return Map.of(
        "ANSIBLE_CONFIG", directory + "/ansible.cfg",
        "ANSIBLE_LOCAL_TEMP", directory + "/tmp",
        "ANSIBLE_SSH_CONTROL_PATH_DIR", fleet.directory() + "/cp",
        "LC_ALL", "C.UTF-8");
  }

  @Override
  public void disconnect() throws IOException {
    Programs.run(
        "bash",
        "-c",
        "for s in %s/cp/*; do if [ -S $s ]; then ssh -o ControlPath=$s -O exit x 2>/dev/null || true; fi; done"
            .formatted(fleet.directory()));
  }
}
