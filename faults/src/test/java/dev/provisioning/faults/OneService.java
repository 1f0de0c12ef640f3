package dev.provisioning.faults;

import java.util.List;

/** A real machine of the container engine and {@link Tiny} on it. */
record OneService() implements Scenario {
  @Override
  public String name() {
    return "service";
  }

  @Override
  public String manifests() {
    return """
        apiVersion: provisioning.dev/v1alpha1
        kind: Workspace
        metadata: {name: acme}
        spec: {providers: [{name: here, type: local}], defaults: {server: {image: debian-12}}}
        ---
        %s
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: Server
        metadata: {name: box-01}
        spec: {workspace: acme, resources: {cores: 1, memoryGb: 1}}
        ---
        apiVersion: provisioning.dev/v1alpha1
        kind: TaskServ
        metadata: {name: tiny}
        spec: {workspace: acme, servers: {names: [box-01]}}
        """
        .formatted(Tiny.DEFINITION);
  }

  @Override
  public List<String> deletions() {
    return List.of("TaskServ", "TaskServDefinition", "Server", "Workspace");
  }

  @Override
  public Witness witness(Stage stage) {
    return new EngineWitness(stage.operatorId(), stage.operator.directory());
  }

  /** How often a booting machine is called before it answers, and told, is a matter of time. */
  @Override
  public int writesMore() {
    return 6;
  }

  /** What a machine adds to the story; the rest is pruned to what {@link TwoServers} shows. */
  @Override
  public List<Kills.Point> pruned(Recording recording) {
    return recording.firsts(
        p ->
            p.name()
                .matches(
                    "(shell\\..*|secret\\.(bootstrap-key.*|owned)|operation|engine\\.(create|seed|remove)|(finalizer|status)\\.TaskServ)/after"));
  }
}
