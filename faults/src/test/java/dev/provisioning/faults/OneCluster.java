package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;

/**
 * A Cluster of two node pools on the simulated cloud: scaled up and down, then one pool is changed
 * where it is and the other gets new machines; all go with it.
 */
record OneCluster() implements Scenario {
  private static final String ROLLED =
      """
      {"nodePools": [
        {"name": "db", "replicas": 1, "server": {"resources": {"cores": 2, "memoryGb": 2}}},
        {"name": "web", "server": {"image": "debian-13", "resources": {"cores": 1, "memoryGb": 1}}}]}
      """;

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
  public void beforeFall(Stage stage) {
    change(stage, "{\"replicas\":3}");
    change(stage, "{\"replicas\":2}");
    change(stage, ROLLED);
    stage.witness.afterRise(stage);
    assertThat(wishes(stage))
        .containsExactlyInAnyOrder("db 2 null", "web 1 debian-13", "web 1 debian-13");
  }

  private static void change(Stage stage, String spec) {
    stage.resources.merge("Cluster", "shop", "{\"spec\":%s}".formatted(spec));
    stage.untilReady();
  }

  /** Pool, cores and image of each Server. */
  private static List<String> wishes(Stage stage) {
    List<String> all = new ArrayList<>();
    for (GenericKubernetesResource server : stage.resources.list("Server")) {
      all.add(
          "%s %s %s"
              .formatted(
                  server.getMetadata().getLabels().get("provisioning.dev/pool"),
                  server.<Integer>get("spec", "resources", "cores"),
                  server.<String>get("spec", "image")));
    }
    return all;
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

  /**
   * What a Cluster adds; its machines are in {@link TwoServers}. Of the replacement, too, the first
   * new machine and the middle.
   */
  @Override
  public List<Kills.Point> pruned(Recording recording) {
    List<Kills.Point> all =
        new ArrayList<>(
            recording.firsts(
                p ->
                    p.name()
                        .matches(
                            "(child.*|finalizer.Cluster|status.Cluster|provider.change)/after")));
    List<Kills.Point> replacement =
        recording.points().stream()
            .dropWhile(p -> !p.name().equals("provider.change/after"))
            .toList();
    all.add(points(replacement, "child.Server/after").getFirst());
    List<Kills.Point> told = points(replacement, "status.Cluster/after");
    all.add(told.get(told.size() / 3));
    return all;
  }

  private static List<Kills.Point> points(List<Kills.Point> all, String name) {
    return all.stream().filter(p -> p.name().equals(name)).toList();
  }
}
