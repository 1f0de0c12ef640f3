package dev.provisioning.api.workflow;

/** The kinds that operations make, change and delete. */
public enum ChildKind {
  Server,
  TaskServ,
  Cluster
}
