package dev.provisioning.planning.config;

import dev.provisioning.api.workspace.Defaults;
import dev.provisioning.api.workspace.Infra;
import dev.provisioning.api.workspace.WorkspaceSpec;
import java.util.ArrayList;
import java.util.List;

/** What a Workspace and its infras lay under the resources in them, lowest first. */
public final class WorkspaceLayers {
  private WorkspaceLayers() {}

  /** {@code origin} names the place for a person. */
  public record Source(String origin, Defaults defaults) {}

  /** {@code infra} may be null; one that the Workspace does not have lays nothing. */
  public static List<Source> of(String workspace, WorkspaceSpec spec, String infra) {
    String owner = "Workspace " + workspace;
    List<Source> sources = new ArrayList<>();
    if (spec.defaults() != null) {
      sources.add(new Source(owner + "/defaults", spec.defaults()));
    }
    for (Infra each : spec.infras()) {
      if (each.name().equals(infra) && each.defaults() != null) {
        sources.add(new Source(owner + "/infra " + each.name(), each.defaults()));
      }
    }
    return List.copyOf(sources);
  }
}
