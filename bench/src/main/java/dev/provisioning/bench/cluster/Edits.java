package dev.provisioning.bench.cluster;

import dev.provisioning.api.server.Server;
import dev.provisioning.bench.Samples;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * B3: from an edit to its first effect, as a user sees it: the sending of one patch is one end, the
 * other is the first change of the Server's status of that generation. The effect starts right
 * after that write, so this is what a user waits.
 */
record Edits(World world) {
  private static final int LIMIT_SECONDS = 30;
  private static final int WARM_UP = 20;

  Map<String, Object> of(int edits, int servers) throws Exception {
    var random = RandomGenerator.of("L64X128MixRandom");
    var millis = new ArrayList<Double>();
    for (int i = 0; i < edits + WARM_UP; i++) {
      double took = edit(World.name(random.nextInt(servers)), "edit-" + i);
      if (i >= WARM_UP) {
        millis.add(took);
      }
    }
    var samples = new Samples("edit to first effect", millis);
    System.out.printf(
        "B3  an edit among %d Servers has its first effect after p50 %.0f ms, p99 %.0f ms (%d edits)%n",
        servers, samples.median(), samples.percentile(99), edits);
    var said = new LinkedHashMap<String, Object>();
    said.put("servers", servers);
    said.put("p50Millis", samples.median());
    said.put("p99Millis", samples.percentile(99));
    said.put("millis", samples.millis());
    return said;
  }

  private double edit(String name, String tag) throws Exception {
    var servers = world.client().resources(Server.class).inNamespace(World.NAMESPACE);
    long generation = servers.withName(name).get().getMetadata().getGeneration() + 1;
    try (var gallery = world.new Gallery(name, server -> answers(server, generation))) {
      return Samples.time(
          () -> {
            servers
                .withName(name)
                .patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"spec\":{\"tags\":{\"edit\":\"%s\"}}}".formatted(tag));
            gallery.await(1, LIMIT_SECONDS);
          });
    }
  }

  private static boolean answers(Server server, long generation) {
    return server.getStatus() != null
        && server.getStatus().observedGeneration() != null
        && server.getStatus().observedGeneration() >= generation;
  }
}
