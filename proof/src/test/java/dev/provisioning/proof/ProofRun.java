package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** One service on its way from nothing to nothing, on machines of its own. */
final class ProofRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private final Proof proof;
  private final List<ProofMachine> machines;
  private final RemoteShell shell = new SshRemoteShell(SshSettings.defaults());
  private final RealHosts hosts = new RealHosts(shell);
  private final Site site = new Site(hosts);
  private Map<String, String> environment = Map.of();
  private Optional<Upgrade> upgrade = Optional.empty();
  private Optional<String> version = Optional.empty();

  private ProofRun(Proof proof, List<ProofMachine> machines) {
    this.proof = proof;
    this.machines = machines;
  }

  static ProofRun boot(Proof proof) {
    List<ProofMachine> machines =
        IntStream.rangeClosed(1, proof.machines())
            .mapToObj(number -> ProofMachine.boot(proof.service() + "-" + number))
            .toList();
    var run = new ProofRun(proof, machines);
    run.look();
    return run;
  }

  private void look() {
    Map<String, ShellTarget> targets = new HashMap<>();
    machines.forEach(machine -> targets.put(machine.name(), machine.target()));
    hosts.at(targets);
    site.servers(machines.stream().map(machine -> machine.server(shell)).toList());
    var values = new TreeMap<String, String>();
    if (machines.size() > 1) {
      values.put("PEER", machines.getLast().address());
      values.put("PEER_NAME", machines.getLast().name());
    }
    environment = values;
  }

  ProofMachine first() {
    return machines.getFirst();
  }

  Software software() {
    return new Software(first());
  }

  void installWhatItNeeds() {
    proof
        .before()
        .forEach(
            (service, config) -> {
              site.apply(service, spec(machines.size(), config, "Retain"));
              settle(service);
              use(service);
            });
  }

  /** From now on the oldest version there is. */
  void takeTheOlderVersion() {
    if (!proof.pinned().isEmpty()) {
      var shipped = Catalogue.definitions().get(proof.service());
      var found = Upgrade.of(shipped, proof.pinned(), first());
      site.define(proof.service(), found.definition());
      upgrade = Optional.of(found);
      version = Optional.of(found.older());
    }
  }

  /** Whether there was something to upgrade to. */
  boolean upgrades() {
    if (upgrade.isEmpty()) {
      return false;
    }
    version = upgrade.map(Upgrade::newer);
    apply(proof.changed());
    return true;
  }

  void apply(String config) {
    site.apply(proof.service(), own(config, "Retain"));
    settle(proof.service());
  }

  private String own(String config, String dataPolicy) {
    String spec = spec(proof.everywhere() ? machines.size() : 1, config, dataPolicy);
    return version.map(v -> spec.replaceFirst("^.", "{version: \"" + v + "\", ")).orElse(spec);
  }

  /** Works as its users use it. */
  void use() {
    use(proof.service());
  }

  private void use(String service) {
    script(service, "use");
  }

  /** What was there before is there again. */
  void findsItsData() {
    script(proof.service(), "kept");
  }

  private void script(String service, String what) {
    var values = new TreeMap<>(environment);
    site.secret(service, "users.app.password").ifPresent(p -> values.put("PASSWORD", p));
    Catalogue.script(service, what).ifPresent(script -> first().exec(script, values));
  }

  int operations() {
    return hosts.reports().size();
  }

  OperationReport lastOperation() {
    return hosts.reports().getLast();
  }

  /** Looks at everything once more; nothing may be started. */
  void looksAgain() {
    int before = operations();
    assertThat(site.pass(proof.service())).as("something was started").isFalse();
    assertThat(operations()).isEqualTo(before);
  }

  void restartMachine() {
    shell.disconnect(first().target().machine());
    first().restart();
    look();
    proof.before().keySet().forEach(this::settle);
    settle(proof.service());
  }

  /** The record of the first machine. */
  JsonNode applied() {
    return shell.appliedState(first().target(), proof.service()).map(Catalogue::yaml).orElseThrow();
  }

  void uninstall(String dataPolicy) {
    site.apply(proof.service(), own(proof.changed(), dataPolicy));
    site.delete(proof.service());
    Awaitility.await(proof.service() + " to go")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              site.pass(proof.service());
              return !site.exists(proof.service());
            });
    assertThat(lastOperation().warnings()).isEmpty();
    assertThat(shell.appliedState(first().target(), proof.service())).isEmpty();
  }

  private void settle(String service) {
    Awaitility.await(service + " to be ready")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              boolean started = site.pass(service);
              refuseFailures();
              assertThat(!started && site.ready(service).filter(ProofRun::isTrue).isPresent())
                  .as(site.story(service))
                  .isTrue();
            });
  }

  /** A step that failed fails the proof at once, with what it said. */
  private void refuseFailures() {
    for (OperationReport report : hosts.reports()) {
      report
          .failure()
          .ifPresent(
              f -> {
                throw new IllegalStateException(
                    f.step() + " " + f.message() + "\n" + String.join("\n", f.logTail()));
              });
    }
  }

  private static boolean isTrue(Condition condition) {
    return condition.status() == ConditionStatus.True;
  }

  private String spec(int members, String config, String dataPolicy) {
    String names =
        machines.stream().limit(members).map(ProofMachine::name).collect(Collectors.joining(", "));
    return "{servers: {names: [%s]}, dataPolicy: %s, strategy: {healthGate: 0s}, config: %s}"
        .formatted(names, dataPolicy, config);
  }

  @Override
  public void close() {
    shell.close();
    machines.forEach(ProofMachine::close);
  }
}
