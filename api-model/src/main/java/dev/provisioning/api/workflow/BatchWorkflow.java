package dev.provisioning.api.workflow;

import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A graph of operations. */
@Group(dev.provisioning.api.Group.NAME)
@Version(dev.provisioning.api.Group.VERSION)
@Kind("BatchWorkflow")
@Plural("batchworkflows")
@Singular("batchworkflow")
@ShortNames("bw")
@Categories("provisioning")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
    message = "a name has at most 63 lower-case letters, digits and '-', like roll-out")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.progress) || !has(self.status.progress.startedAt) || !has(oldSelf.spec.workspace) || (has(self.spec.workspace) && self.spec.workspace == oldSelf.spec.workspace)",
    message =
        "workspace cannot change once the workflow has started: create another BatchWorkflow in the other Workspace",
    fieldPath = ".spec.workspace")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.progress) || !has(self.status.progress.startedAt) || (has(self.spec.deletionPolicy) ? self.spec.deletionPolicy : 'Retain') == (has(oldSelf.spec.deletionPolicy) ? oldSelf.spec.deletionPolicy : 'Retain')",
    message =
        "deletionPolicy cannot change once the workflow has started: what it made was marked as it said then",
    fieldPath = ".spec.deletionPolicy")
public class BatchWorkflow extends CustomResource<BatchWorkflowSpec, BatchWorkflowStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** A record has no empty form: absent is null. */
  @Override
  protected BatchWorkflowSpec initSpec() {
    return null;
  }

  @Override
  protected BatchWorkflowStatus initStatus() {
    return null;
  }
}
