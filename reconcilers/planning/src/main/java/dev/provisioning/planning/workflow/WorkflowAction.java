package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.WaitCondition;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.OperationId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What can be done for a BatchWorkflow. All may be repeated without harm. */
public sealed interface WorkflowAction extends Action {
  /** Name of the operation it belongs to. */
  String operation();

  @Override
  default boolean destructive() {
    return false;
  }

  /**
   * Make the resource with this spec, or merge the spec into the one it has. What it had before is
   * kept for the undo first.
   *
   * @param madeOf generation of the spec that the new one carries on: on another it is a conflict
   * @param creates whether it did not exist when the operation started: one that appeared since,
   *     not made by this workflow, is a conflict
   * @param mark value of the annotation that says what was applied
   * @param owned whether the resource goes together with the workflow
   */
  record ApplyChild(
      String operation,
      ChildRef child,
      Map<String, Object> spec,
      Optional<Long> madeOf,
      boolean creates,
      String mark,
      boolean owned,
      String description)
      implements WorkflowAction {
    @Override
    public String key() {
      return Applying.key(operation, child);
    }

    @Override
    public String name() {
      return (creates ? "Create" : "Change") + child.kind();
    }
  }

  /**
   * Delete a resource; {@code undo}: only if we made it. Its result is whether nothing was there to
   * be deleted; when it is gone is seen later.
   */
  record DeleteChild(
      String operation, ChildRef child, boolean undo, DestroyGrant grant, String description)
      implements WorkflowAction {
    @Override
    public String key() {
      return (undo ? "undo/" : "delete/") + operation + "/" + child.name();
    }

    @Override
    public String name() {
      return "Delete" + child.kind();
    }

    @Override
    public boolean destructive() {
      return true;
    }
  }

  /** Tell a resource that its plan, by this hash, is part of the approved one. */
  record ApproveChild(String operation, ChildRef child, String hash, String description)
      implements WorkflowAction {
    @Override
    public String key() {
      return Handover.key(operation, child);
    }

    @Override
    public String name() {
      return "Approve" + child.kind();
    }
  }

  /** Put back the spec that the resource had before the operation. */
  record RestoreChild(String operation, ChildRef child, String description)
      implements WorkflowAction {
    @Override
    public String key() {
      return "undo/" + operation + "/" + child.name();
    }

    @Override
    public String name() {
      return "Restore" + child.kind();
    }
  }

  /**
   * Run a script on a machine, or follow it if the machine has this try already. Its result is the
   * final {@code OperationReport}; it fails only when the machine cannot be talked to.
   *
   * @param followOnly nothing may be started: only look how the started one ends
   */
  record RunScript(
      String operation,
      String server,
      boolean undo,
      OperationId operationId,
      Bundle bundle,
      Optional<Duration> timeout,
      boolean followOnly,
      String description)
      implements WorkflowAction {
    @Override
    public String key() {
      // One try is not answered by the end of another.
      return String.join("/", undo ? "undo" : "script", operation, server, operationId.value());
    }

    @Override
    public String name() {
      return undo ? "UndoScript" : "RunScript";
    }
  }

  /** Look whether a condition holds. Its result is an {@link Answer}. */
  record LookAt(String operation, WaitCondition condition, String description)
      implements WorkflowAction {
    /** {@code message}: how it is, in a sentence. */
    public record Answer(boolean holds, String message) {}

    @Override
    public String key() {
      return "look/" + operation;
    }

    @Override
    public String name() {
      return "WaitFor";
    }
  }

  /** What is going to be done: shown, hashed and approved, never started itself. */
  record Announced(
      String operation, String key, String name, String description, boolean destructive)
      implements WorkflowAction {}

  /** The time to live is over: delete the workflow itself. */
  record DeleteWorkflow(String workflow) implements WorkflowAction {
    @Override
    public String operation() {
      return "";
    }

    @Override
    public String key() {
      return "ttl";
    }

    @Override
    public String name() {
      return "DeleteBatchWorkflow";
    }

    @Override
    public String description() {
      return "delete BatchWorkflow " + workflow + ", whose time to live is over";
    }
  }
}
