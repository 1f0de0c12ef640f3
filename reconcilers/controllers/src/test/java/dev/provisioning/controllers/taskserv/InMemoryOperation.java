package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation on a machine in memory, from its order to what is reported of it. */
final class InMemoryOperation {
  private final String machine;
  private final RemoteOperation order;
  private State state = State.RUNNING;

  InMemoryOperation(String machine, RemoteOperation order) {
    this.machine = machine;
    this.order = order;
  }

  /** A service on a machine, as the key of its applied state. */
  static String place(String machine, String taskServ) {
    return machine + "/" + taskServ;
  }

  String place() {
    return place(machine, order.bundle().taskServ());
  }

  /** Like {@code install one}. */
  String said() {
    return order.bundle().environment().getOrDefault("PROVISIONING_OPERATION_KIND", "?")
        + " "
        + order.bundle().taskServ();
  }

  boolean runs() {
    return state == State.RUNNING;
  }

  /** The state that it applies when it succeeds; empty for one that takes the service away. */
  Optional<String> applies() {
    return order.bundle().appliedState();
  }

  /** Whether one of its files contains {@code text}. */
  boolean writes(String text) {
    return order.bundle().files().stream().anyMatch(file -> file.content().contains(text));
  }

  void end(boolean failed) {
    state = failed ? State.FAILED : State.SUCCEEDED;
  }

  OperationReport report() {
    Map<String, SecretValue> exports = new HashMap<>();
    order.exports().keySet().forEach(name -> exports.put(name, new SecretValue("made")));
    return report(order.id(), state, exports);
  }

  /** Of an operation that no machine knows. */
  static OperationReport absent(OperationId id) {
    return report(id, State.ABSENT, Map.of());
  }

  private static OperationReport report(
      OperationId id, State state, Map<String, SecretValue> exports) {
    return new OperationReport(
        id,
        state,
        "first",
        1,
        2,
        state == State.SUCCEEDED ? 100 : 50,
        "",
        0,
        0,
        List.of(),
        exports,
        state == State.FAILED
            ? Optional.of(
                new OperationReport.StepFailure(
                    "first", 1, "StepFailed", "it does not work", List.of(), Instant.EPOCH))
            : Optional.empty());
  }
}
