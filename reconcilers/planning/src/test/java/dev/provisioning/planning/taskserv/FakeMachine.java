package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.SecretValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A machine as the step protocol leaves it, in memory; scripts always work unless told to fail. */
final class FakeMachine {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, ManagedFile> files = new TreeMap<>();
  final Map<String, OperationReport> reports = new HashMap<>();
  final List<String> restarted = new ArrayList<>();
  final Map<String, String> ill = new LinkedHashMap<>();
  final List<HostDrift> drift = new ArrayList<>();
  final Map<String, String> exports = new HashMap<>();
  String failAt = "";
  String failOnlyFor = "";
  String failWhenFilesHold = "";
  boolean loseNext;
  int operations;
  private final Map<String, String> applied = new TreeMap<>();

  Optional<String> applied(String taskServ) {
    return Optional.ofNullable(applied.get(taskServ));
  }

  /** Runs to the end; the same id again only attaches. */
  OperationReport run(RunOperation operation, Instant now) {
    OperationReport before = reports.get(operation.operationId().value());
    if (before != null) {
      return before;
    }
    if (loseNext) {
      loseNext = false;
      return lose(operation);
    }
    operations++;
    restarted.clear();
    Bundle bundle = operation.bundle();
    int index = 0;
    for (Bundle.Step step : bundle.steps()) {
      index++;
      boolean poison =
          !failWhenFilesHold.isEmpty()
              && step instanceof Bundle.Verify
              && files.values().stream().anyMatch(f -> f.content().contains(failWhenFilesHold));
      if (poison || step.name().equals(failAt) && concerned(bundle)) {
        return remember(operation, failed(operation, step.name(), index, now));
      }
      if (step instanceof Bundle.WriteFiles) {
        write(bundle);
      }
      if (step instanceof Bundle.StartUnits) {
        drift.clear();
      }
    }
    drift.clear();
    if (bundle.appliedState().isPresent()) {
      applied.put(bundle.taskServ(), withFiles(bundle.appliedState().get(), bundle));
    } else {
      applied.remove(bundle.taskServ());
    }
    Map<String, SecretValue> made = new HashMap<>();
    operation
        .exports()
        .forEach(e -> made.put(e.name(), new SecretValue(exports.getOrDefault(e.name(), "made"))));
    int count = bundle.steps().size();
    return remember(
        operation,
        new OperationReport(
            operation.operationId(),
            OperationReport.State.SUCCEEDED,
            "exports",
            count,
            count,
            100,
            "",
            count,
            0,
            List.of(),
            made,
            Optional.empty()));
  }

  /** The machine stopped in mid-step. */
  private boolean concerned(Bundle bundle) {
    return failOnlyFor.isEmpty()
        || failOnlyFor.equals(bundle.environment().get("PROVISIONING_VERSION"));
  }

  private OperationReport lose(RunOperation operation) {
    operations++;
    return remember(
        operation,
        new OperationReport(
            operation.operationId(),
            OperationReport.State.LOST,
            "packages",
            1,
            operation.bundle().steps().size(),
            0,
            "the machine stopped or restarted while step 1 ran",
            0,
            0,
            List.of(),
            Map.of(),
            Optional.empty()));
  }

  List<HealthReport.Answer> health(
      String taskServ, List<dev.provisioning.spi.model.HealthCheck> checks) {
    return checks.stream()
        .map(
            c ->
                new HealthReport.Answer(
                    taskServ, c.name(), !ill.containsKey(c.name()), ill.getOrDefault(c.name(), "")))
        .toList();
  }

  private OperationReport remember(RunOperation operation, OperationReport report) {
    reports.put(operation.operationId().value(), report);
    return report;
  }

  private static OperationReport failed(
      RunOperation operation, String step, int index, Instant now) {
    return new OperationReport(
        operation.operationId(),
        OperationReport.State.FAILED,
        step,
        index,
        operation.bundle().steps().size(),
        10,
        "ended with exit 1",
        index - 1,
        0,
        List.of(),
        Map.of(),
        Optional.of(
            new OperationReport.StepFailure(
                step, 1, "StepFailed", "ended with exit 1", List.of("E: boom"), now)));
  }

  private void write(Bundle bundle) {
    for (ManagedFile file : bundle.files()) {
      if (!file.equals(files.put(file.path(), file))) {
        file.restarts().stream().filter(u -> !restarted.contains(u)).forEach(restarted::add);
      }
    }
  }

  private static String withFiles(String json, Bundle bundle) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(json);
      ArrayNode list = node.putArray("files");
      bundle.files().forEach(file -> list.addObject().put("path", file.path()));
      return node.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
