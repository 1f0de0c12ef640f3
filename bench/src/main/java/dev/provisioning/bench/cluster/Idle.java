package dev.provisioning.bench.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** B2: nothing happens, so nothing should be done. */
record Idle(World world, OperatorProcess operator) {
  private static final int SETTLE_SECONDS = 30;

  Map<String, Object> of(int servers, int seconds) throws Exception {
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    var before = world.calls();
    double processor = operator.processorSeconds();
    double passes = operator.metric("provisioning_reconcile_total");
    TimeUnit.SECONDS.sleep(seconds);
    double core = (operator.processorSeconds() - processor) / seconds;
    passes = operator.metric("provisioning_reconcile_total") - passes;
    var calls = world.calls().since(before);
    long writes =
        calls.matching(
            "(servers|taskservs|workspaces|secrets|events).* (POST|PUT|PATCH|APPLY|DELETE)");
    long lists = calls.matching("(servers|taskservs|workspaces|secrets).* LIST");
    System.out.printf(
        "B2  %d idle Servers for %d s: %d writes, %d lists, %.0f passes, %.1f %% of a core%n",
        servers, seconds, writes, lists, passes, core * 100);
    var said = new LinkedHashMap<String, Object>();
    said.put("servers", servers);
    said.put("seconds", seconds);
    said.put("writes", writes);
    said.put("lists", lists);
    said.put("passes", passes);
    said.put("percentOfACore", core * 100);
    said.put("residentMegabytes", operator.residentMegabytes());
    said.put("calls", calls.counts());
    return said;
  }
}
