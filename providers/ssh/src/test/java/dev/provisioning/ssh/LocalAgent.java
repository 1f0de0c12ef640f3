package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The agent on this computer, below a directory of its own, without SSH and without systemd. */
final class LocalAgent {
  private final Path root;
  private final Path script;
  private Map<String, String> environment = Map.of();

  LocalAgent(Path root) {
    this.root = root;
    this.script = root.resolve("agent.sh");
    try (var in = Agent.class.getResourceAsStream("agent.sh")) {
      Files.copy(in, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void environment(Map<String, String> variables) {
    environment = variables;
  }

  record Answer(int exit, List<String> lines) {}

  Answer call(byte[] input, String... arguments) {
    try {
      var words = new ArrayList<>(List.of("bash", script.toString()));
      words.addAll(List.of(arguments));
      var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("PROVISIONING_ROOT", root.toString());
      builder.environment().putAll(environment);
      var process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(input);
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Answer(process.exitValue(), output.lines().toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static RemoteOperation operation(Bundle bundle) {
    return operation(bundle, Map.of());
  }

  static RemoteOperation operation(Bundle bundle, Map<String, SecretValue> secrets) {
    var id = OperationId.of(UUID.randomUUID().toString(), 0, "test");
    return new RemoteOperation(id, 1, bundle, secrets, Map.of(), false, Optional.empty());
  }

  Answer start(RemoteOperation operation) {
    var bundle = BundleArchive.of(operation.bundle());
    var own = OperationArchive.of(operation);
    var input = new ByteArrayOutputStream();
    input.writeBytes(own);
    input.writeBytes(bundle);
    return call(
        input.toByteArray(),
        "start",
        operation.id().value(),
        Long.toString(operation.epoch()),
        operation.bundle().digest(),
        operation.bundle().taskServ(),
        Integer.toString(own.length),
        Integer.toString(bundle.length));
  }

  OperationReport perform(RemoteOperation operation) {
    start(operation);
    return last(operation, call(new byte[0], "wait", operation.id().value()));
  }

  OperationReport await(RemoteOperation operation) {
    return last(operation, call(new byte[0], "wait", operation.id().value()));
  }

  OperationReport report(RemoteOperation operation) {
    return last(operation, call(new byte[0], "report", operation.id().value()));
  }

  /** Ends whatever it started, as systemd ends a unit with all of its processes. */
  void end() {
    Awaitility.await("the agent's processes end")
        .until(
            () -> {
              var left = processes().toList();
              left.forEach(ProcessHandle::destroyForcibly);
              return left.isEmpty();
            });
  }

  private Stream<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().filter(l -> l.contains(root.toString())).isPresent());
  }

  OperationReport last(RemoteOperation operation, Answer answer) {
    Iterator<String> lines =
        answer
            .lines()
            .subList(answer.lines().lastIndexOf("report") + 1, answer.lines().size())
            .iterator();
    try {
      return ReportReader.read(
          operation.id(), () -> lines.hasNext() ? Optional.of(lines.next()) : Optional.empty());
    } catch (IOException e) {
      throw new IllegalStateException(String.join("\n", answer.lines()), e);
    }
  }
}
