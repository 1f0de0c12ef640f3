package dev.provisioning.ssh;

import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.OperationReport.StepFailure;
import dev.provisioning.spi.model.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the agent's reports: a line {@code report}, lines {@code key value}, a line with a dot. */
final class ReportReader {
  private final OperationId id;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, SecretValue> exports = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> tail = new ArrayList<>();

  private ReportReader(OperationId id) {
    this.id = id;
  }

  /** Where the lines come from; empty at the end. */
  interface Lines {
    Optional<String> next() throws IOException;
  }

  /** Reads up to the dot, after the line {@code report} was read. */
  static OperationReport read(OperationId id, Lines lines) throws IOException {
    var reader = new ReportReader(id);
    for (var line = lines.next(); ; line = lines.next()) {
      if (line.isEmpty()) {
        throw new IOException("a report without an end");
      }
      if (line.get().equals(".")) {
        return reader.report();
      }
      reader.accept(line.get());
    }
  }

  private void accept(String line) {
    int space = line.indexOf(' ');
    var key = space < 0 ? line : line.substring(0, space);
    var value = space < 0 ? "" : line.substring(space + 1);
    switch (key) {
      case "warning" -> warnings.add(value);
      case "tail" -> tail.add(value);
      case "export" -> export(value);
      default -> values.put(key, value);
    }
  }

  private void export(String value) {
    var words = value.split(" ", 2);
    var bytes = Base64.getDecoder().decode(words.length > 1 ? words[1] : "");
    var text = new String(bytes, StandardCharsets.UTF_8);
    // Commands end their line; the value does not.
    exports.put(
        words[0],
        new SecretValue(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
  }

  private OperationReport report() throws IOException {
    var step = values.getOrDefault("step", "");
    return new OperationReport(
        id,
        state(),
        step,
        number("index"),
        number("count"),
        number("progress"),
        values.getOrDefault("text", ""),
        number("ran"),
        number("skipped"),
        warnings,
        exports,
        failure(step));
  }

  private State state() throws IOException {
    var name = values.getOrDefault("state", "");
    for (var state : State.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw new IOException("a report with the unknown state " + name);
  }

  private int number(String key) throws IOException {
    var text = values.getOrDefault(key, "0");
    if (!text.matches("[0-9]{1,9}")) {
      throw new IOException("a report with a wrong " + key + ": " + text);
    }
    return Integer.parseInt(text);
  }

  private Optional<StepFailure> failure(String step) throws IOException {
    var text = values.get("failure");
    if (text == null) {
      return Optional.empty();
    }
    var words = text.split(" ", 4);
    if (words.length < 4 || !words[0].matches("[0-9]{1,9}") || !words[2].matches("[0-9]{1,12}")) {
      throw new IOException("a report with a wrong failure");
    }
    return Optional.of(
        new StepFailure(
            step,
            Integer.parseInt(words[0]),
            words[1],
            words[3],
            tail,
            Instant.ofEpochSecond(Long.parseLong(words[2]))));
  }
}
