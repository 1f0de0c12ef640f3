package dev.provisioning.api.server;

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

/** A machine. */
@Group(dev.provisioning.api.Group.NAME)
@Version(dev.provisioning.api.Group.VERSION)
@Kind("Server")
@Plural("servers")
@Singular("server")
@ShortNames("srv")
@Categories("provisioning")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
    message = "metadata.name: use at most 63 lower-case letters, digits and '-', like web-01")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.machine) || !has(self.status.machine.id) || !has(oldSelf.spec.workspace) || (has(self.spec.workspace) && self.spec.workspace == oldSelf.spec.workspace)",
    message =
        "workspace cannot change while the machine exists: delete the Server and create it in the other Workspace",
    fieldPath = ".spec.workspace")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.machine) || !has(self.status.machine.id) || !has(oldSelf.spec.provider) || (has(self.spec.provider) && self.spec.provider == oldSelf.spec.provider)",
    message = "provider cannot change while the machine exists: create another Server there",
    fieldPath = ".spec.provider")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.machine) || !has(self.status.machine.id) || !has(oldSelf.spec.address) || (has(self.spec.address) && self.spec.address == oldSelf.spec.address)",
    message =
        "address cannot change while the machine is owned: delete the Server and create one for the other machine",
    fieldPath = ".spec.address")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.machine) || !has(self.status.machine.id) || !has(oldSelf.spec.adopt) || (has(self.spec.adopt) && self.spec.adopt == oldSelf.spec.adopt)",
    message =
        "adopt cannot change while the machine is owned: create another Server for the other machine",
    fieldPath = ".spec.adopt")
@ValidationRule(
    value =
        "!has(self.status) || !has(self.status.machine) || !has(self.status.machine.id) || !has(self.spec.storage) || !has(self.spec.storage.volumes) || !has(oldSelf.spec.storage) || !has(oldSelf.spec.storage.volumes) || self.spec.storage.volumes.all(v, oldSelf.spec.storage.volumes.all(o, o.name != v.name || o.sizeGb <= v.sizeGb))",
    message = "a volume can grow, never shrink: keep its sizeGb, or make another volume",
    fieldPath = ".spec.storage.volumes")
public class Server extends CustomResource<ServerSpec, ServerStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** A record has no empty form: absent is null. */
  @Override
  protected ServerSpec initSpec() {
    return null;
  }

  @Override
  protected ServerStatus initStatus() {
    return null;
  }
}
