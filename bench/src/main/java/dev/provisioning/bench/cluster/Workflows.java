package dev.provisioning.bench.cluster;

import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.bench.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One shape of a workflow, run some times: from the answer to its creation to its success. */
record Workflows(World world, OperatorProcess operator, int rounds) {
  private static final String NAME = "many";
  private static final int LIMIT_SECONDS = 300;
  private static final int BARE_WRITES = 10;

  Map<String, Object> of(String title, int operations, int width, String what) throws Exception {
    String yaml = manifest(operations, width, what);
    List<Double> millis = new ArrayList<>();
    var before = world.calls();
    double processor = operator.processorSeconds();
    for (int round = 0; round < rounds; round++) {
      delete();
      world.apply(yaml);
      millis.add(Samples.time(this::awaitSuccess));
    }
    processor = operator.processorSeconds() - processor;
    long writes = world.calls().since(before).matching("batchworkflows/status (PUT|PATCH|APPLY)");
    int bytes = world.client().raw(path()).length();
    double bare = bareWrite();
    delete();
    return told(
        title,
        new Measured(operations, new Samples(title, millis), writes, bytes, processor, bare));
  }

  private record Measured(
      int operations,
      Samples samples,
      long writes,
      int bytes,
      double processor,
      double bareWriteMillis) {}

  private Map<String, Object> told(String title, Measured m) {
    double perSecond = m.operations() * 1_000 / m.samples().median();
    double writes = (double) m.writes() / rounds / m.operations();
    System.out.printf(
        "B8  %d %s: %.0f operations/s (median of %d), %.4f status writes each, object %d bytes;"
            + " one bare write of it takes %.0f ms%n",
        m.operations(), title, perSecond, rounds, writes, m.bytes(), m.bareWriteMillis());
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("what", title);
    said.put("operations", m.operations());
    said.put("operationsPerSecond", perSecond);
    said.put("statusWritesPerOperation", writes);
    said.put("objectBytes", m.bytes());
    said.put("operatorSecondsPerRun", m.processor() / rounds);
    said.put("bareWriteMillis", m.bareWriteMillis());
    said.put("millis", m.samples().millis());
    return said;
  }

  /** Each operation needs the one {@code width} places before. */
  private static String manifest(int operations, int width, String what) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: provisioning.dev/v1alpha1
            kind: BatchWorkflow
            metadata: {name: %s, namespace: %s}
            spec:
              operations:
            """
                .formatted(NAME, World.NAMESPACE));
    for (int i = 0; i < operations; i++) {
      String needs = i < width ? "" : "dependsOn: [{name: n%04d}], ".formatted(i - width);
      yaml.append("  - {name: n%04d, %s%s}\n".formatted(i, needs, what));
    }
    return yaml.toString();
  }

  private void awaitSuccess() throws InterruptedException {
    var at = world.client().resources(BatchWorkflow.class).inNamespace(World.NAMESPACE);
    at.withName(NAME)
        .waitUntilCondition(
            one ->
                one != null
                    && one.getStatus() != null
                    && one.getStatus().phase() == Phase.Succeeded,
            LIMIT_SECONDS,
            TimeUnit.SECONDS);
  }

  /** What the API server alone takes for a change of an object of this size. */
  private double bareWrite() throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < BARE_WRITES; i++) {
      var one = world.client().resources(BatchWorkflow.class).inNamespace(World.NAMESPACE);
      var object = one.withName(NAME).get();
      String token = "bench-" + i;
      object.setStatus(object.getStatus().with(b -> b.lastHandledReconcileAt(token)));
      millis.add(Samples.time(() -> world.client().resource(object).updateStatus()));
    }
    return new Samples("bare write", millis).median();
  }

  private void delete() throws InterruptedException {
    var all = world.client().resources(BatchWorkflow.class).inNamespace(World.NAMESPACE);
    all.delete();
    while (!all.list().getItems().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String path() {
    return "/apis/provisioning.dev/v1alpha1/namespaces/%s/batchworkflows/%s"
        .formatted(World.NAMESPACE, NAME);
  }
}
