package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.Child;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.WorkflowProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a workflow has to see. */
public final class WorkflowNeeds {
  private WorkflowNeeds() {}

  /** Every resource that its operations name or named. */
  public static Set<ChildRef> children(
      BatchWorkflowSpec spec, Optional<BatchWorkflowStatus> status) {
    Set<ChildRef> all = new HashSet<>();
    spec.operations().forEach(operation -> all.addAll(Work.of(operation).children()));
    status.ifPresent(
        known ->
            known.operations().stream()
                .map(OperationStatus::children)
                .forEach(children -> children.forEach(child -> all.add(ref(child)))));
    return all;
  }

  /** The Servers that its operations make or change, each with what they set of its spec. */
  public static Map<ChildRef, Map<String, Object>> machines(BatchWorkflowSpec spec) {
    Map<ChildRef, Map<String, Object>> all = new HashMap<>();
    for (var operation : spec.operations()) {
      Work work = Work.of(operation);
      if (work.type() == Work.Type.SERVER || work.type() == Work.Type.SERVERS) {
        work.children().forEach(ref -> all.put(ref, work.made(spec)));
      }
    }
    return all;
  }

  /** Whether nothing more happens by itself, whatever changes around it. */
  public static boolean ended(BatchWorkflowStatus status) {
    Phase phase = status.phase();
    return phase != null && Standing.ended(phase);
  }

  /** For how many of its operations a workflow would take a place, had it one. */
  public static int waiting(BatchWorkflowSpec spec, WorkflowProgress progress) {
    int free = Schedule.parallelism(spec) - places(progress);
    return Math.clamp(Objects.requireNonNullElse(progress.ready(), 0), 0, Math.max(0, free));
  }

  /** How many places it takes. */
  public static int places(WorkflowProgress progress) {
    Integer all = progress.places() == null ? progress.running() : progress.places();
    return Objects.requireNonNullElse(all, 0);
  }

  private static ChildRef ref(Child child) {
    return new ChildRef(child.kind(), child.name());
  }
}
