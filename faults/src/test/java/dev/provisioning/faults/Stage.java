package dev.provisioning.faults;

import static org.awaitility.Awaitility.await;

import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.simulated.remote.CloudServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * One run of a scenario: a namespace, a cloud and an operator of its own, so that runs may go on
 * beside each other on one API server.
 */
final class Stage implements AutoCloseable {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("faults.patience", 300));
  private static final Duration LAST_WORD = Duration.ofSeconds(10);

  /**
   * Often enough for a run of some ten seconds; looking costs the operators beside it their time.
   */
  private static final Duration LOOK = Duration.ofMillis(300);

  final Scenario scenario;
  final SimulatedCloud cloud = new SimulatedCloud(Clock.systemUTC(), SimulatedSettings.instant());
  final Resources resources;
  final Supervisor operator;
  final Witness witness;
  private final CloudServer server;
  private final KubernetesClient client;
  private final String namespace;
  private int objects;

  Stage(KubernetesClient client, Scenario scenario, Supervisor.Launch launch) throws IOException {
    this.client = client;
    this.scenario = scenario;
    this.namespace = "faults-" + Long.toString(System.nanoTime(), 36);
    this.server = new CloudServer(cloud);
    this.resources = new Resources(client, namespace);
    this.operator =
        new Supervisor(
            launch
                .with("provisioning.namespaces", namespace)
                .with("provisioning.operator-namespace", namespace));
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    this.witness = scenario.witness(this);
  }

  /** What marks the machines of this stage's operators. */
  String operatorId() {
    return client.namespaces().withName(namespace).get().getMetadata().getUid();
  }

  List<String> kinds() {
    return scenario.deletions();
  }

  /** The user applies everything and waits until all is Ready. */
  void rise() {
    begin();
    untilReady();
  }

  void begin() {
    operator.start();
    resources.apply(scenario.manifests().replace("$cloud", server.endpoint()));
  }

  void untilReady() {
    until("all are Ready", () -> resources.unready(kinds()).isEmpty());
    objects = resources.versions(kinds()).size();
  }

  /** How many there were when all were Ready. */
  int objects() {
    return objects;
  }

  /** An operator of this stage came to this failpoint, whichever time. */
  void untilReached(String point) {
    until(point + " is reached", () -> Recording.read(operator.trace()).reached(point));
  }

  /** A second operator beside the first; whoever has the lease acts. */
  Supervisor rival(Supervisor.Launch launch) {
    return new Supervisor(
        launch
            .with("provisioning.namespaces", namespace)
            .with("provisioning.operator-namespace", namespace));
  }

  /** The user deletes everything and waits until nothing is left. */
  void fall() {
    scenario.beforeFall(this);
    for (String kind : scenario.deletions()) {
      resources.delete(kind);
      until("every " + kind + " is gone", () -> resources.list(kind).isEmpty());
    }
    until("no Secret is left", () -> secrets().isEmpty());
  }

  /**
   * How many operators were killed where they were to be. One that is killed as it lets the last
   * object go may still be dying when all is gone.
   */
  int killed(Kills kills) {
    try {
      await().atMost(LAST_WORD).until(() -> operator.killed() == kills.points().size());
      return kills.points().size();
    } catch (ConditionTimeoutException e) {
      return operator.killed(); // effects come in another order each time; the caller goes on
    }
  }

  List<String> events() {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  List<Secret> secrets() {
    return client.secrets().inNamespace(namespace).list().getItems();
  }

  void until(String what, Callable<Boolean> holds) {
    try {
      await(what)
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .failFast("an operator ended by itself", () -> !operator.trouble().isEmpty())
          .until(holds);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new AssertionError(
          "not within %s: %s; %s still %s; %s"
              .formatted(PATIENCE, what, operator.trouble(), resources.unready(kinds()), account()),
          e);
    }
  }

  private String account() {
    try {
      return "at work: %s; last words: %s%n%s"
          .formatted(operator.threads(), operator.lastWords(), witness.account());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    operator.close();
    server.close();
    witness.close();
    client.namespaces().withName(namespace).delete();
  }
}
