package dev.provisioning.api.workspace;

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

/** Isolation, providers, defaults and limits. */
@Group(dev.provisioning.api.Group.NAME)
@Version(dev.provisioning.api.Group.VERSION)
@Kind("Workspace")
@Plural("workspaces")
@Singular("workspace")
@ShortNames("ws")
@Categories("provisioning")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$')",
    message = "metadata.name: use at most 63 lower-case letters, digits and '-', like web-01")
public class Workspace extends CustomResource<WorkspaceSpec, WorkspaceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** A record has no empty form: absent is null. */
  @Override
  protected WorkspaceSpec initSpec() {
    return null;
  }

  @Override
  protected WorkspaceStatus initStatus() {
    return null;
  }
}
