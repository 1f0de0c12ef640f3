package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A Cluster of a real machine of the container engine and {@link Tiny} on it, changed once. */
record OneStack() implements Scenario {
  private static final String NAP =
      "{\"spec\":{\"components\":[{\"name\":\"tiny\",\"config\":{\"nap\":\"1d\"}}]}}";

  @Override
  public String name() {
    return "stack";
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
        kind: Cluster
        metadata: {name: shop}
        spec:
          workspace: acme
          nodePools: [{name: box, replicas: 1, server: {resources: {cores: 1, memoryGb: 1}}}]
          components: [{name: tiny}]
        """
        .formatted(Tiny.DEFINITION);
  }

  @Override
  public List<String> deletions() {
    return List.of("Cluster", "TaskServ", "TaskServDefinition", "Server", "Workspace");
  }

  /** What was installed is configured anew, and nothing else. */
  @Override
  public void beforeFall(Stage stage) {
    stage.resources.merge("Cluster", "shop", NAP);
    stage.untilReady();
    assertThat(((EngineWitness) stage.witness).onMachine("shop-box-01", Tiny.STEPS_RUN))
        .isEqualTo(Tiny.CONFIGURED_TWICE);
  }

  @Override
  public Witness witness(Stage stage) {
    return new EngineWitness(stage.operatorId(), stage.operator.directory());
  }

  /** As with {@link OneService}. */
  @Override
  public int writesMore() {
    return 6;
  }

  /** Its component; its machine and what is done on it are in {@link OneService}. */
  @Override
  public List<Kills.Point> pruned(Recording recording) {
    return recording.firsts(
        p -> p.name().matches("(child|child-changed|child-deleted)\\.TaskServ/after"));
  }
}
