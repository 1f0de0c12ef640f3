package dev.provisioning.faults;

import java.util.List;

/** A Workspace and two machines of the simulated cloud. */
record TwoServers() implements Scenario {
  @Override
  public String name() {
    return "servers";
  }

  @Override
  public String manifests() {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: Workspace
    metadata: {name: acme}
    spec:
      providers: [{name: sim, type: simulated, endpoint: "$cloud"}]
      limits: {servers: 2}
    ---
    apiVersion: provisioning.dev/v1alpha1
    kind: Server
    metadata: {name: web-01}
    spec: {workspace: acme, provider: sim, resources: {cores: 1, memoryGb: 1}}
    ---
    apiVersion: provisioning.dev/v1alpha1
    kind: Server
    metadata: {name: web-02}
    spec: {workspace: acme, provider: sim, resources: {cores: 1, memoryGb: 1}}
    """;
  }

  @Override
  public List<String> deletions() {
    return List.of("Server", "Workspace");
  }

  @Override
  public Witness witness(Stage stage) {
    return new CloudWitness(stage.cloud);
  }
}
