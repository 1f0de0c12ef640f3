package dev.provisioning.bench.cluster;

import dev.provisioning.bench.Samples;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** B1: so many Servers at once, until all are Ready; beside the bare cost of as many writes. */
record Rollout(World world, OperatorProcess operator) {
  private static final int LIMIT_SECONDS = 600;

  Map<String, Object> of(int servers) throws Exception {
    var before = world.calls();
    double passesBefore = operator.metric("provisioning_reconcile_total");
    double millis = Samples.time(() -> roll(servers));
    double passes = operator.metric("provisioning_reconcile_total") - passesBefore;
    var calls = world.calls().since(before);
    long statuses = calls.matching("servers.* (PUT|PATCH|APPLY)");
    long events = calls.matching("events.* (POST|PATCH)");
    long others = calls.matching("(secrets|configmaps).* (POST|PUT|PATCH|APPLY|DELETE)");
    // What our own creates cost is in the wall time; it is not the operator's writing. Applied
    // manifests count as PATCH of servers.
    long own = servers;
    double floor = floor(servers, statuses - own + others + own);
    var said = new LinkedHashMap<String, Object>();
    said.put("wallMillis", Math.round(millis));
    said.put("passesPerServer", passes / servers);
    said.put("objectWritesPerServer", (double) (statuses - own) / servers);
    said.put("otherWritesPerServer", (double) others / servers);
    said.put("eventsPerServer", (double) events / servers);
    said.put("bareWritesMillis", Math.round(floor));
    said.put("ratioToBareWrites", millis / floor);
    said.put("calls", calls.counts());
    System.out.printf(
        "B1  %d Servers ready after %.1f s: %.2f object writes, %.2f other writes, %.2f events, %.2f"
            + " passes each; %.2f× the bare writes%n",
        servers,
        millis / 1000,
        (double) (statuses - own) / servers,
        (double) others / servers,
        (double) events / servers,
        passes / servers,
        millis / floor);
    return said;
  }

  private void roll(int servers) throws Exception {
    try (var gallery = world.new Gallery(World::isReady)) {
      world.createServers(servers);
      gallery.await(servers, LIMIT_SECONDS);
    }
  }

  /** As many writes of small objects, by as many writers, with nobody thinking in between. */
  private double floor(int objects, long writes) throws Exception {
    int rounds = (int) Math.max(1, writes / objects);
    double millis =
        Samples.time(
            () -> {
              for (int round = 0; round < rounds; round++) {
                int number = round;
                World.each(objects, i -> write(i, number));
              }
            });
    world.client().configMaps().inNamespace(World.NAMESPACE).withLabel("bench").delete();
    return millis;
  }

  private void write(int i, int round) {
    world
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(World.name(i))
                .withNamespace(World.NAMESPACE)
                .addToLabels("bench", "floor")
                .endMetadata()
                .addToData("round", "%d %s".formatted(round, "x".repeat(2_000)))
                .build())
        .serverSideApply();
  }
}
