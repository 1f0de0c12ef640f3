package dev.provisioning.api.cluster;

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

/** Machines and services as one thing. */
@Group(dev.provisioning.api.Group.NAME)
@Version(dev.provisioning.api.Group.VERSION)
@Kind("Cluster")
@Plural("clusters")
@Singular("cluster")
@ShortNames("pcl")
@Categories("provisioning")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message =
        "a Cluster's name has at most 40 lower-case letters, digits and '-', since its Servers are called after it")
@ValidationRule(
    value =
        "!has(self.spec.nodePools) || self.spec.nodePools.all(p, size(self.metadata.name) + size(p.name) <= 58)",
    message =
        "the names of the Cluster and of a pool are too long for the names of Servers: together at most 58 letters",
    fieldPath = ".spec.nodePools")
@ValidationRule(
    value =
        "!has(self.spec.components) || self.spec.components.all(c, size(self.metadata.name) + size(c.name) <= 62)",
    message =
        "the names of the Cluster and of a component are too long for the name of a TaskServ: together at most 62 letters",
    fieldPath = ".spec.components")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.graph) || !has(oldSelf.spec.workspace) || (has(self.spec.workspace) && self.spec.workspace == oldSelf.spec.workspace)",
    message =
        "workspace cannot change while the Cluster exists: delete the Cluster and create it in the other Workspace",
    fieldPath = ".spec.workspace")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.graph) || !has(oldSelf.spec.definition) || (has(self.spec.definition) && self.spec.definition == oldSelf.spec.definition)",
    message =
        "definition cannot change while the Cluster exists: create another Cluster from the other definition",
    fieldPath = ".spec.definition")
public class Cluster extends CustomResource<ClusterSpec, ClusterStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** A record has no empty form: absent is null. */
  @Override
  protected ClusterSpec initSpec() {
    return null;
  }

  @Override
  protected ClusterStatus initStatus() {
    return null;
  }
}
