package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.ScriptOperation;
import dev.provisioning.planning.bundle.SealedBundle;
import dev.provisioning.spi.model.Bundle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a script is on the machine: one step. */
final class ScriptBundle {
  private ScriptBundle() {}

  static Bundle of(Scope scope, Work work, ChildFacts server, boolean undo) {
    ScriptOperation script = work.operation().script();
    Bundle.Script step =
        new Bundle.Script(
            undo ? "rollback" : "run",
            undo ? Optional.empty() : Optional.ofNullable(script.check()),
            undo ? script.rollback() : script.run(),
            Optional.ofNullable(script.user()),
            work.timeout(),
            0,
            1,
            false);
    Map<String, String> environment = new LinkedHashMap<>(script.environment());
    environment.put("PROVISIONING_WORKFLOW", scope.input().ref().name());
    environment.put("PROVISIONING_OPERATION_NAME", work.name());
    environment.put("PROVISIONING_SERVER_NAME", server.ref().name());
    return SealedBundle.of(
        new Bundle(
            "",
            // The dots keep it apart from every TaskServ.
            "workflow." + scope.input().ref().name() + "." + work.name(),
            List.of(),
            List.of(step),
            environment,
            Optional.empty()));
  }

  static int number(Integer value) {
    return value == null ? 0 : value;
  }
}
