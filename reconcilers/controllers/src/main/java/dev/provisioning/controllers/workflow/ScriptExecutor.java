package dev.provisioning.controllers.workflow;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Executor.Execution;
import dev.provisioning.controllers.steps.StepsExecutor;
import dev.provisioning.controllers.steps.WorkspaceSlots;
import dev.provisioning.planning.workflow.WorkflowAction.RunScript;
import dev.provisioning.planning.workflow.WorkflowInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs the scripts of operations on machines, over the step protocol. */
record ScriptExecutor(Shared shared, LongSupplier epoch) {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** The final report, also of a script that failed. */
  OperationReport run(Execution<BatchWorkflow, WorkflowInput, ?> execution, RunScript run) {
    BatchWorkflow workflow = execution.resource();
    Consumer<Object> progress = execution.progress();
    Server server = server(workflow, run.server());
    StepsExecutor steps =
        new StepsExecutor(shared.world().shell(), shared.world().targets().of(server));
    if (run.followOnly()) {
      return steps.attach(run.operationId(), progress);
    }
    RemoteOperation operation =
        new RemoteOperation(
            run.operationId(),
            epoch.getAsLong(),
            run.bundle(),
            Map.of(),
            Map.of(),
            false,
            run.timeout());
    try (WorkspaceSlots.Slot _ = shared.effects().slots().take(room(execution.input()))) {
      return steps.run("script", operation, progress);
    }
  }

  /** Those of the workflow; a Workspace without a limit has room for all. */
  private static WorkspaceSlots.Room room(WorkflowInput input) {
    String namespace = input.ref().namespace();
    return input
        .around()
        .workspace()
        .map(
            facts ->
                new WorkspaceSlots.Room(
                    namespace,
                    facts.name(),
                    facts.concurrentOperations().orElse(Integer.MAX_VALUE)))
        .orElse(new WorkspaceSlots.Room(namespace, "", Integer.MAX_VALUE));
  }

  private Server server(BatchWorkflow workflow, String name) {
    return shared
        .cluster()
        .informers()
        .server(workflow.getMetadata().getNamespace(), name)
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Waiting(
                        "ServerNotFound", "Server " + name + " does not exist", AGAIN)));
  }
}
