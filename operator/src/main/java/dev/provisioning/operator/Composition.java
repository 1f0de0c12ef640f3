package dev.provisioning.operator;

import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.EventRecorder;
import dev.provisioning.controllers.engine.OperationRunner;
import dev.provisioning.controllers.workspace.QuotaBook;
import dev.provisioning.operator.clients.Machinery;
import dev.provisioning.operator.clients.ProviderClients;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The object graph of a running operator, built by hand from the outside in: clients, caches,
 * shared parts, controllers. Needs no Quarkus, so tests start the same graph.
 */
public final class Composition implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, timers());
  private final Heartbeat heartbeat;
  private final RemoteShell shell = new SshRemoteShell(SshSettings.defaults());
  private final Informers informers;
  private final ProviderClients providers;
  private final OperationRunner runner;
  private final Operator operator;

  /** Starts everything; on return the caches are filled and the controllers run. */
  public Composition(
      OperatorConfig config, KubernetesClient client, MeterRegistry meters, Clock clock) {
    Preflight preflight = new Preflight(client);
    String operatorId = preflight.operatorId(config.operatorNamespace());
    preflight.kinds(Kinds.TYPES);
    Set<String> namespaces = config.namespaces().orElse(Set.of());
    heartbeat = new Heartbeat(clock);
    heartbeat.start(timer);
    informers = new Informers(client, namespaces, config.operatorNamespace());
    Targets targets = new Targets(informers, new LoginKeys(informers));
    Machinery machinery = new Machinery(config.providers(), shell, operatorId, clock);
    providers = new ProviderClients(informers, targets, machinery);
    QuotaBook quotas = new QuotaBook(informers, clock);
    runner = new OperationRunner(config.concurrency().remoteOperations(), clock);
    Shared shared =
        new Shared(
            new Shared.Cluster(client, informers, namespaces, config.operatorNamespace()),
            new Shared.World(providers, quotas, targets, shell, operatorId),
            new Shared.Effects(
                runner, new EventRecorder(client, clock), new EngineMetrics(meters, runner)),
            timer,
            clock);
    Leadership leadership = new Leadership(meters, clock);
    List<Controller<?>> controllers =
        new Kinds(shared, quotas, config.intervals().providerCheck(), leadership::epoch)
            .controllers();
    operator = Runtime.operator(config, client, controllers, leadership);
    controllers.forEach(each -> Registration.register(operator, each, namespaces));
    operator.start();
  }

  /** Our own scheduler runs. */
  public boolean alive() {
    return heartbeat.alive();
  }

  /** Caches are filled and no watch is broken; true of standbys too. */
  public boolean ready() {
    return operator.getRuntimeInfo().isStarted()
        && operator.getRuntimeInfo().allEventSourcesAreHealthy()
        && informers.watching();
  }

  /** No new effects, then a short time for those under way to end; steps on machines run on. */
  @Override
  public void close() {
    operator.stop();
    timer.shutdownNow();
    runner.drain(DRAIN);
    providers.close();
    shell.close();
    informers.close();
  }

  private static java.util.concurrent.ThreadFactory timers() {
    return Thread.ofPlatform().daemon().name("timer-", 0).factory();
  }
}
