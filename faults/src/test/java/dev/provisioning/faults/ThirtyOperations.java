package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A workflow of thirty operations, ten of which make a machine each and one of which changes a
 * Server that was there before; when it has succeeded it is rolled back, so that kills come in both
 * directions.
 */
record ThirtyOperations() implements Scenario {
  private static final int OPERATIONS = 30;

  /** Late, so that nobody can take the Server for one that is not there yet. */
  private static final int CHANGE = 29;

  private static final String HEAD =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: Workspace
      metadata: {name: acme}
      spec: {providers: [{name: sim, type: simulated, endpoint: "$cloud"}]}
      ---
      apiVersion: provisioning.dev/v1alpha1
      kind: Server
      metadata: {name: given}
      spec: {workspace: acme, resources: {cores: 1, memoryGb: 1}, tags: {team: before}}
      ---
      apiVersion: provisioning.dev/v1alpha1
      kind: BatchWorkflow
      metadata: {name: roll-out}
      spec:
        workspace: acme
        parallelism: 3
        operations:
      """;

  @Override
  public String name() {
    return "workflow";
  }

  /** Every third makes a machine, the others do nothing; three chains beside each other. */
  @Override
  public String manifests() {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 1; i <= OPERATIONS; i++) {
      String after = i > 3 ? "dependsOn: [{name: %s}], ".formatted(operation(i - 3)) : "";
      text.append("  - {name: %s, %s%s}\n".formatted(operation(i), after, what(i)));
    }
    return text.toString();
  }

  private static String what(int number) {
    if (number == CHANGE) {
      return "target: given, server: {tags: {team: after}}";
    }
    return number % 3 == 1
        ? "server: {resources: {cores: 1, memoryGb: 1}}"
        : "wait: {duration: 0s}";
  }

  private static String operation(int number) {
    return "op-%02d".formatted(number);
  }

  @Override
  public List<String> deletions() {
    return List.of("BatchWorkflow", "Server", "Workspace");
  }

  @Override
  public Witness witness(Stage stage) {
    return new Once(new CloudWitness(stage.cloud));
  }

  /** Each operation was tried once, all that was done is recorded, and all of it is taken back. */
  private record Once(CloudWitness cloud) implements Witness {
    @Override
    public void afterRise(Stage stage) {
      cloud.afterRise(stage);
      assertThat(tries(stage)).as("operations tried").hasSize(OPERATIONS);
      assertThat(tries(stage)).allMatch("Succeeded 1"::equals);
      assertThat(team(stage)).isEqualTo("after");
    }

    @Override
    public void afterFall(Stage stage) {
      cloud.afterFall(stage);
    }

    @Override
    public String account() {
      return cloud.account();
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  private static List<String> tries(Stage stage) {
    List<String> all = new ArrayList<>();
    for (GenericKubernetesResource workflow : stage.resources.list("BatchWorkflow")) {
      List<Map<String, Object>> operations = workflow.get("status", "operations");
      operations.forEach(o -> all.add(o.get("phase") + " " + o.get("attempt")));
    }
    return all;
  }

  @Override
  public void beforeFall(Stage stage) {
    stage.resources.merge(
        "BatchWorkflow", "roll-out", "{\"spec\":{\"rollback\":{\"requested\":true}}}");
    stage.until("all is taken back", () -> phase(stage).equals("RolledBack"));
    assertThat(undone(stage)).as("operations taken back").hasSize(OPERATIONS);
    assertThat(undone(stage)).allMatch(o -> o.equals("Done 1") || o.equals("nothing"));
    assertThat(team(stage)).isEqualTo("before");
  }

  private static String team(Stage stage) {
    return stage.resources.list("Server").stream()
        .filter(server -> server.getMetadata().getName().equals("given"))
        .map(server -> server.<String>get("spec", "tags", "team"))
        .collect(Collectors.joining());
  }

  /** How each undo stands and which try it is. */
  private static List<String> undone(Stage stage) {
    List<String> all = new ArrayList<>();
    List<Map<String, Object>> operations =
        stage.resources.list("BatchWorkflow").getFirst().get("status", "operations");
    for (Map<String, Object> operation : operations) {
      assertThat(operation.get("phase")).isEqualTo("RolledBack");
      all.add(
          operation.get("undo") instanceof Map<?, ?> undo
              ? undo.get("phase") + " " + undo.get("attempt")
              : "nothing");
    }
    return all;
  }

  private static String phase(Stage stage) {
    return stage.resources.list("BatchWorkflow").getFirst().get("status", "phase");
  }

  /**
   * What a workflow adds; its machines are in {@link TwoServers}. Of the way back, the middle, too,
   * and when the spec of before is back: the last write of a Server.
   */
  @Override
  public List<Kills.Point> pruned(Recording recording) {
    List<Kills.Point> all =
        new ArrayList<>(
            recording.firsts(
                p ->
                    p.name()
                        .matches("(child|delete|previous|finalizer.Batch|status.Batch).*/after")));
    List<Kills.Point> back =
        recording.points().stream()
            .dropWhile(p -> !p.name().equals("delete.Server/before"))
            .filter(p -> p.name().equals("status.BatchWorkflow/after"))
            .toList();
    all.add(back.get(back.size() / 2));
    recording.points().stream()
        .filter(p -> p.name().equals("child.Server/after"))
        .reduce((earlier, later) -> later)
        .ifPresent(all::add);
    return all;
  }
}
