package dev.provisioning.controllers.workflow;

import dev.provisioning.api.Mode;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.ServiceDefinitions;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.Outlook;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import dev.provisioning.planning.workspace.Presets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what tells of work on machines, only while somebody reads a plan. */
record OutlookReader(Informers informers, ServiceDefinitions definitions) {
  Outlook of(BatchWorkflow workflow, Workspace workspace) {
    if (!isRead(workflow, workspace)) {
      return Outlook.NONE;
    }
    String namespace = workflow.getMetadata().getNamespace();
    Map<String, TaskServSpec> taskServs = new HashMap<>();
    for (ChildRef ref : WorkflowNeeds.children(workflow.getSpec(), Optional.empty())) {
      if (ref.kind() == ChildKind.TaskServ) {
        informers
            .taskServ(namespace, ref.name())
            .filter(one -> !one.isMarkedForDeletion())
            .map(TaskServ::getSpec)
            .ifPresent(spec -> taskServs.put(ref.name(), spec));
      }
    }
    return new Outlook(definitions.in(namespace), definitions.ofClusters(namespace), taskServs);
  }

  /** Whether the plan of this workflow is shown to anybody. */
  static boolean isRead(BatchWorkflow workflow, Workspace workspace) {
    boolean shown =
        workflow.getSpec().mode() == Mode.Plan
            || Presets.policy(workspace.getSpec()).requireApproval();
    boolean ended = workflow.getStatus() != null && WorkflowNeeds.ended(workflow.getStatus());
    return shown && !ended;
  }
}
