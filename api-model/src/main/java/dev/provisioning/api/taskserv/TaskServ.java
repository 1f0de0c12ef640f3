package dev.provisioning.api.taskserv;

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

/** A service on machines. */
@Group(dev.provisioning.api.Group.NAME)
@Version(dev.provisioning.api.Group.VERSION)
@Kind("TaskServ")
@Plural("taskservs")
@Singular("taskserv")
@ShortNames("ts")
@Categories("provisioning")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
    message = "metadata.name: use at most 63 lower-case letters, digits and '-', like web-01")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.installedVersion) || !has(oldSelf.spec.workspace) || (has(self.spec.workspace) && self.spec.workspace == oldSelf.spec.workspace)",
    message =
        "workspace cannot change while the service is installed: delete the TaskServ and create it in the other Workspace",
    fieldPath = ".spec.workspace")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.installedVersion) || !has(oldSelf.spec.definition) || (has(self.spec.definition) && self.spec.definition == oldSelf.spec.definition)",
    message =
        "definition cannot change while the service is installed: create another TaskServ for the other service",
    fieldPath = ".spec.definition")
@ValidationRule(
    value = "!has(self.spec.dependsOn) || self.spec.dependsOn.all(d, d.name != self.metadata.name)",
    message = "a TaskServ cannot depend on itself: take it out of dependsOn",
    fieldPath = ".spec.dependsOn")
public class TaskServ extends CustomResource<TaskServSpec, TaskServStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** A record has no empty form: absent is null. */
  @Override
  protected TaskServSpec initSpec() {
    return null;
  }

  @Override
  protected TaskServStatus initStatus() {
    return null;
  }
}
