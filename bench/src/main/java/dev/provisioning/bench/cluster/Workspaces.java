package dev.provisioning.bench.cluster;

/** The Workspace of the benchmarks. */
final class Workspaces {
  static final String SIMULATED =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: Workspace
      metadata: {name: bench, namespace: bench}
      spec:
        providers:
        - {name: simulated, type: simulated}
        defaultProvider: simulated
      """;

  private Workspaces() {}
}
