package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.testkit.Programs;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The container engine and the machines in it. The engine itself remembers only its last events, so
 * the machines of this operator are written down as they are made.
 */
final class EngineWitness implements Witness {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String BOOT =
      "exec 2>&1; cloud-init status --long; cat /run/cloud-init/status.json;"
          + " systemctl list-jobs --no-pager; systemctl --failed --no-pager; ps axf; true";

  private final String label;
  private final Path made;
  private final Process events;

  /** {@code operatorId} marks the machines of this operator. */
  EngineWitness(String operatorId, Path directory) {
    this.label = "label=provisioning.dev/operator=" + operatorId;
    this.made = directory.resolve("machines");
    try {
      Files.deleteIfExists(made);
      this.events =
          new ProcessBuilder(
                  List.of(
                      "docker",
                      "events",
                      "--filter",
                      "type=container",
                      "--filter",
                      "event=create",
                      "--filter",
                      label,
                      "--format",
                      "{{index .Actor.Attributes \"provisioning.dev/server\"}}"))
              .redirectOutput(made.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void afterRise(Stage stage) {
    List<GenericKubernetesResource> servers = stage.resources.list("Server");
    assertThat(lines(made))
        .as("machines ever made")
        .containsExactlyInAnyOrderElementsOf(
            servers.stream().map(server -> server.getMetadata().getName()).toList());
    for (String machine : machines("-q")) {
      assertThat(engine("exec", machine, "sh", "-c", Tiny.STEPS_RUN))
          .as("steps run")
          .isEqualTo(Tiny.EACH_STEP_ONCE);
    }
  }

  @Override
  public void afterFall(Stage stage) {
    await("no container and no volume is left")
        .atMost(PATIENCE)
        .until(() -> machines("-aq").isEmpty() && volumes().isEmpty());
  }

  /** A machine that does not end its boot tells where it is. */
  @Override
  public String account() {
    return machines("-q").stream().map(EngineWitness::boot).collect(Collectors.joining("\n"));
  }

  private static String boot(String machine) {
    return "machine %s: %s".formatted(machine, engine("exec", machine, "sh", "-c", BOOT));
  }

  /** What a command says on the machine of this Server; nothing while there is none. */
  String onMachine(String server, String command) {
    List<String> found =
        engine("ps", "-q", "--filter", label, "--filter", "label=provisioning.dev/server=" + server)
            .lines()
            .toList();
    return found.isEmpty() ? "" : engine("exec", found.getFirst(), "sh", "-c", command);
  }

  /** Machines stop: the kernel keeps their connections, nobody answers. */
  void freeze() {
    machines("-q").forEach(id -> engine("pause", id));
  }

  void thaw() {
    machines("-q").forEach(id -> engine("unpause", id));
  }

  private List<String> machines(String options) {
    return engine("ps", options, "--filter", label).lines().toList();
  }

  private List<String> volumes() {
    return engine("volume", "ls", "-q", "--filter", label).lines().toList();
  }

  private static String engine(String... arguments) {
    return Programs.run(
        Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run that failed leaves no machines behind either. */
  @Override
  public void close() {
    events.destroy();
    machines("-aq").forEach(id -> engine("rm", "-f", "-v", id));
    volumes().forEach(id -> engine("volume", "rm", "-f", id));
  }
}
