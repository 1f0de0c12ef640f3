package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.SecretValue;
import java.util.Map;
import java.util.Optional;

/** Which exported values may be seen, and where the others are kept. */
final class SecretExports {
  private SecretExports() {}

  static String secretOf(TaskServ taskServ) {
    return taskServ.getMetadata().getName() + "-exports";
  }

  /** A value whose definition is not known any more is kept secret. */
  static boolean isSecret(TaskServInput input, String export) {
    String definition = Optional.ofNullable(input.spec().definition()).orElse(input.ref().name());
    return Optional.ofNullable(input.world().definitions().get(definition)).stream()
        .flatMap(spec -> spec.exports().stream())
        .filter(one -> one.name().equals(export))
        .noneMatch(SecretExports::isOpen);
  }

  private static boolean isOpen(ExportSpec export) {
    return !Boolean.TRUE.equals(export.secret());
  }

  static OperationReport withOnly(Map<String, SecretValue> exports, OperationReport report) {
    return new OperationReport(
        report.id(),
        report.state(),
        report.step(),
        report.stepIndex(),
        report.stepCount(),
        report.progress(),
        report.text(),
        report.ran(),
        report.skipped(),
        report.warnings(),
        exports,
        report.failure());
  }
}
