package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChildOperator} as its parent sees it. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ChildProcess start(String namespace, String identity) throws IOException {
    Path output = Files.createTempFile("child-operator-", ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ChildOperator.class.getName(),
                namespace,
                namespace + "/acme/sim",
                identity)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ChildProcess(process, output);
  }

  /** {@code STOP}, {@code CONT}, {@code KILL}: done when this returns. */
  void signal(String name) {
    Programs.run("kill", "-" + name, Long.toString(process.pid()));
  }

  /** What it told when it found itself deposed, and ended. */
  List<String> awaitDeposed(Duration patience) throws IOException, InterruptedException {
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    List<String> told = Files.readAllLines(output);
    assertThat(ended).as("the deposed leader ended; it said: %s", told).isTrue();
    assertThat(process.exitValue()).as("%s", told).isEqualTo(ChildOperator.DEPOSED);
    return told;
  }

  static List<Instant> effects(List<String> told) {
    return told.stream()
        .filter(line -> line.startsWith(ChildOperator.EFFECT))
        .map(line -> Instant.parse(line.substring(ChildOperator.EFFECT.length())))
        .toList();
  }

  static double rejected(List<String> told) {
    return told.stream()
        .filter(line -> line.startsWith(ChildOperator.REJECTED))
        .mapToDouble(line -> Double.parseDouble(line.substring(ChildOperator.REJECTED.length())))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
