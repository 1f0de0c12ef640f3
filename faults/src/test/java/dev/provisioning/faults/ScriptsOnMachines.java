package dev.provisioning.faults;

import java.util.List;

/** A workflow that makes two real machines and runs scripts on them, which count their runs. */
record ScriptsOnMachines() implements Scenario {
  @Override
  public String name() {
    return "scripts";
  }

  /**
   * {@code slow} takes long enough to be interrupted, {@code shaky} fails the first time, {@code
   * both} runs on two machines, though the Workspace has one place only.
   */
  @Override
  public String manifests() {
    return """
        apiVersion: provisioning.dev/v1alpha1
        kind: Workspace
        metadata: {name: acme}
        spec:
          providers: [{name: here, type: local}]
          defaults: {server: {image: debian-12}}
          limits: {concurrentOperations: 1}
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          workspace: acme
          retry: {maxAttempts: 2, backoff: {initial: 1s}}
          operations:
          - name: boxes
            servers: {names: [box-01, box-02], template: {resources: {cores: 1, memoryGb: 1}}}
          - name: slow
            dependsOn: [{name: boxes}]
            script:
              servers: {names: [box-01]}
              run: echo slow >>/var/lib/runs; sleep 10; echo slow-end >>/var/lib/runs
              rollback: echo back >>/var/lib/runs; sleep 10; echo back-end >>/var/lib/runs
          - name: shaky
            dependsOn: [{name: slow}]
            script:
              servers: {names: [box-01]}
              idempotent: true
              run: echo shaky >>/var/lib/runs; test $(grep -c shaky /var/lib/runs) = 2
          - name: both
            dependsOn: [{name: boxes}]
            script:
              servers: {names: [box-01, box-02]}
              run: date +%s >/var/lib/span; sleep 2; date +%s >>/var/lib/span
        """;
  }

  @Override
  public List<String> deletions() {
    return List.of("BatchWorkflow", "Server", "Workspace");
  }

  @Override
  public Witness witness(Stage stage) {
    return new EngineWitness(stage.operatorId(), stage.operator.directory());
  }
}
