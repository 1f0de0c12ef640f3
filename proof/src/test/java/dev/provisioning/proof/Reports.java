package dev.provisioning.proof;

import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.spi.model.OperationReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports of operations that no machine ran. */
final class Reports {
  private Reports() {}

  static OperationReport succeeded(RunOperation run) {
    int steps = run.bundle().steps().size();
    return new OperationReport(
        run.operationId(),
        OperationReport.State.SUCCEEDED,
        "",
        steps,
        steps,
        100,
        "",
        steps,
        0,
        List.of(),
        Map.of(),
        Optional.empty());
  }
}
