package dev.provisioning.controllers.workflow;

import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.planning.workflow.WorkflowAction;
import dev.provisioning.planning.workflow.WorkflowAction.Announced;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteWorkflow;
import dev.provisioning.planning.workflow.WorkflowAction.LookAt;
import dev.provisioning.planning.workflow.WorkflowAction.RestoreChild;
import dev.provisioning.planning.workflow.WorkflowAction.RunScript;
import dev.provisioning.planning.workflow.WorkflowInput;
import java.util.Optional;

/** Carries out what was decided for a workflow. */
final class WorkflowExecutor implements Executor<BatchWorkflow, WorkflowInput, WorkflowAction> {
  private final ChildExecutor children;
  private final ScriptExecutor scripts;
  private final ConditionReader conditions;

  WorkflowExecutor(ChildExecutor children, ScriptExecutor scripts, ConditionReader conditions) {
    this.children = children;
    this.scripts = scripts;
    this.conditions = conditions;
  }

  @Override
  public Optional<Object> execute(
      Execution<BatchWorkflow, WorkflowInput, WorkflowAction> execution) {
    BatchWorkflow workflow = execution.resource();
    return switch (execution.action()) {
      case ApplyChild apply -> {
        children.apply(workflow, apply);
        yield Optional.empty();
      }
      case DeleteChild delete -> Optional.of(children.delete(workflow, delete));
      case ApproveChild approve -> {
        children.approve(workflow, approve);
        yield Optional.empty();
      }
      case RestoreChild restore -> {
        children.restore(workflow, restore);
        yield Optional.empty();
      }
      case RunScript run -> Optional.of(scripts.run(execution, run));
      case LookAt look ->
          Optional.of(conditions.look(workflow.getMetadata().getNamespace(), look.condition()));
      case DeleteWorkflow delete -> {
        children.deleteWorkflow(workflow);
        yield Optional.empty();
      }
      case Announced announced ->
          throw new IllegalStateException("an announcement is not started: " + announced.key());
    };
  }
}
