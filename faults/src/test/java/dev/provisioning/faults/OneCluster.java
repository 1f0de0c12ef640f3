package dev.provisioning.faults;

import java.util.List;

/** A Cluster of two node pools on the simulated cloud; its machines go with it. */
record OneCluster() implements Scenario {
  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public String manifests() {
    return """
        apiVersion: provisioning.dev/v1alpha1
        kind: Workspace
        metadata: {name: acme}
        spec: {providers: [{name: sim, type: simulated, endpoint: "$cloud"}]}
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: Cluster
        metadata: {name: shop}
        spec:
          workspace: acme
          nodePools:
          - {name: db, replicas: 1, server: {resources: {cores: 1, memoryGb: 1}}}
          - {name: web, replicas: 2, server: {resources: {cores: 1, memoryGb: 1}}}
        """;
  }

  @Override
  public List<String> deletions() {
    return List.of("Cluster", "Server", "Workspace");
  }

  @Override
  public Witness witness(Stage stage) {
    return new CloudWitness(stage.cloud);
  }

  /**
   * How many of its steps one write of a member tells is a matter of milliseconds; undisturbed they
   * nearly fall together.
   */
  @Override
  public int writesMore() {
    return 4;
  }

  /** What a Cluster adds; its machines are in {@link TwoServers}. */
  @Override
  public List<Kills> pruned(Recording recording) {
    return recording.firsts(
        p -> p.name().matches("(child.*|finalizer.Cluster|status.Cluster)/after"));
  }
}
