package dev.provisioning.bench.ssh;

import dev.provisioning.bench.RawData;
import dev.provisioning.bench.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * B5: the same service, redis, on ten machines. Contenders take turns, so that what else the
 * computer does falls on all of them; the first round is not counted.
 */
public final class SshBenchmark {
  private static final String FIRST = "64mb";
  private static final String CHANGED = "65mb";
  private static final int RERUNS = 5;

  private final int machines;
  private final int rounds;
  private final String ansible;
  private final Map<String, Map<String, Samples>> results = new LinkedHashMap<>();

  public SshBenchmark(int machines, int rounds, String ansible) {
    this.machines = machines;
    this.rounds = rounds;
    this.ansible = ansible;
  }

  public void run(RawData raw) throws Exception {
    try (var fleet = Fleet.boot(machines);
        var plain = new PlainScript(fleet);
        var playbook = new Ansible(fleet, ansible);
        var ours = new StepProtocol(fleet)) {
      for (int round = 0; round <= rounds; round++) {
        for (var contender : List.of(plain, playbook, ours)) {
          turn(fleet, contender, round > 0);
        }
      }
      raw.write("b5-ssh", content(playbook.version()));
    }
    print();
  }

  private void turn(Fleet fleet, Contender contender, boolean counted) throws Exception {
    fleet.reset();
    contender.disconnect();
    var install = Samples.time(() -> contender.apply(FIRST));
    fleet.requireServing(FIRST);
    var unchanged = new ArrayList<Double>();
    for (int i = 0; i < RERUNS; i++) {
      unchanged.add(Samples.time(() -> contender.apply(FIRST)));
    }
    var change = Samples.time(() -> contender.apply(CHANGED));
    fleet.requireServing(CHANGED);
    if (contender instanceof StepProtocol ours) {
      var compare = Samples.time(ours::compareAll);
      note(
          counted, contender.name() + ", files, packages and units compared", "unchanged", compare);
    }
    note(counted, contender.name(), "install", install);
    unchanged.forEach(millis -> note(counted, contender.name(), "unchanged", millis));
    note(counted, contender.name(), "one key changed", change);
  }

  private void note(boolean counted, String contender, String what, double millis) {
    System.out.printf(
        "  %s%s, %s: %.0f ms%n", counted ? "" : "(warm-up) ", contender, what, millis);
    if (counted) {
      results
          .computeIfAbsent(what, w -> new LinkedHashMap<>())
          .merge(
              contender,
              new Samples(contender, List.of(millis)),
              (old, more) -> old.with(more.millis().getFirst()));
    }
  }

  private Map<String, Object> content(String ansibleVersion) {
    var content = new LinkedHashMap<String, Object>();
    content.put("machines", machines);
    content.put("rounds", rounds);
    content.put("ansible", ansibleVersion);
    content.put("medianMillis", medians());
    content.put("millis", results);
    return content;
  }

  private Map<String, Map<String, Long>> medians() {
    var medians = new LinkedHashMap<String, Map<String, Long>>();
    results.forEach(
        (what, by) -> {
          var each = new LinkedHashMap<String, Long>();
          by.forEach((contender, samples) -> each.put(contender, Math.round(samples.median())));
          medians.put(what, each);
        });
    return medians;
  }

  private void print() {
    System.out.printf(
        "%nB5  redis on %d machines, medians of %d rounds, ratio to the shell script%n",
        machines, rounds);
    results.forEach(
        (what, by) -> {
          double floor = by.get("shell script over one ControlMaster").median();
          System.out.println("  " + what);
          by.forEach(
              (contender, samples) ->
                  System.out.printf(
                      "    %-62s %8.0f ms  %6.2f×%n",
                      contender, samples.median(), samples.median() / floor));
        });
  }
}
