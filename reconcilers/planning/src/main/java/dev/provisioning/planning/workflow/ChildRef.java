package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.ChildKind;

/** A Server, TaskServ or Cluster in the namespace of the workflow. */
public record ChildRef(ChildKind kind, String name) {
  @Override
  public String toString() {
    return kind + " " + name;
  }
}
