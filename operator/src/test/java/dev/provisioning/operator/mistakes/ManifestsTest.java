package dev.provisioning.operator.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.testkit.Programs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests that an API server refuses: what kubectl says, and that nothing came of them. */
@Tag("apiserver")
class ManifestsTest {
  private static final Pattern CLUSTERS_AND_WORKFLOWS =
      Pattern.compile("(?m)^kind: (Cluster|ClusterDefinition|BatchWorkflow)$");

  private static TestCluster cluster;
  private static Kubectl kubectl;

  static List<Mistake> manifests() {
    return Mistakes.of("manifests");
  }

  @BeforeAll
  static void start() {
    cluster = new TestCluster(List.of("manifests-" + Long.toString(System.nanoTime(), 36)));
    kubectl = new Kubectl(cluster.namespaces().getFirst());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manifests")
  void isRefusedWithWordsAndTakenWhenCorrected(Mistake mistake) {
    mistake.at(Mistake.Time.EXISTS).forEach(this::exist);
    String wrong = all(mistake);
    List<HasMetadata> before = cluster.all();
    Programs.Ended refused = kubectl.apply(wrong);
    assertThat(refused.lines()).isEqualTo(Mistakes.expected(mistake, refused.lines()));
    assertThat(refused.code()).isNotZero();
    assertThat(cluster.all()).as("nothing came of it").isEqualTo(before);
    mistake.right().forEach(cluster::store);
    mistake.right().forEach(cluster::delete);
  }

  /** With its status, as if the operator had been at work. */
  private void exist(String manifest) {
    Programs.Ended made = kubectl.apply(manifest);
    assertThat(made.code()).as(made.output()).isZero();
    cluster.writeStatus(manifest);
  }

  private static String all(Mistake mistake) {
    return String.join("\n---\n", mistake.wrong());
  }

  @Test
  void aWorkflowOfMoreThan2000OperationsIsToBeSplit() {
    List<HasMetadata> before = cluster.all();
    Programs.Ended refused = kubectl.apply(pauses(2_001));
    assertThat(refused.lines())
        .containsExactly(
            "The BatchWorkflow \"roll-out\" is invalid: spec.operations: Invalid value: \"object\": "
                + "a workflow has at most 2000 operations: split it into several BatchWorkflows");
    assertThat(cluster.all()).as("nothing came of it").isEqualTo(before);
    cluster.store(pauses(2_000));
    cluster.delete(pauses(2_000));
  }

  private static String pauses(int operations) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: provisioning.dev/v1alpha1
            kind: BatchWorkflow
            metadata: {name: roll-out}
            spec:
              operations:
            """);
    for (int i = 1; i <= operations; i++) {
      yaml.append("  - {name: n%04d, wait: {duration: 1s}}\n".formatted(i));
    }
    return yaml.toString();
  }

  @Test
  void thereAreManyOfThem() {
    assertThat(manifests())
        .filteredOn(mistake -> CLUSTERS_AND_WORKFLOWS.matcher(all(mistake)).find())
        .as("of clusters and workflows alone")
        .hasSizeGreaterThanOrEqualTo(40);
    assertThat(manifests()).extracting(Mistake::title).doesNotHaveDuplicates();
  }
}
