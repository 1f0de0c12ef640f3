package dev.provisioning.operator;

import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.EventRecorder;
import dev.provisioning.controllers.engine.OperationRunner;
import dev.provisioning.controllers.steps.WorkspaceSlots;
import dev.provisioning.controllers.taskserv.DefinitionController;
import dev.provisioning.controllers.taskserv.TaskServController;
import dev.provisioning.controllers.workspace.QuotaBook;
import dev.provisioning.operator.clients.Doors;
import dev.provisioning.operator.clients.GitHubReleases;
import dev.provisioning.operator.clients.Machinery;
import dev.provisioning.operator.clients.MeasuredShell;
import dev.provisioning.operator.clients.ProviderClients;
import dev.provisioning.operator.metrics.QueueMetrics;
import dev.provisioning.operator.metrics.ResourceMetrics;
import dev.provisioning.planning.taskserv.Pace;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The object graph of a running operator, built by hand from the outside in: clients, caches,
 * shared parts, controllers. Needs no Quarkus, so tests start the same graph.
 */
public final class Composition implements AutoCloseable {
  private static final Duration COUNTED = Duration.ofSeconds(10);

  /** Provider calls get so long to record their outcomes before the lease is renewed no more. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** After that long a call that still waits for its answer is left to whoever leads next. */
  private static final Duration CALLS = Duration.ofSeconds(2);

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, timers());
  private final Heartbeat heartbeat;
  private final RemoteShell shell;
  private final Informers informers;
  private final ProviderClients providers;
  private final OperationRunner runner;
  private final Leadership leadership;
  private final HeldLease lease;
  private final Operator operator;
  private volatile boolean closing;

  /** Starts everything; on return the caches are filled and the controllers run, if we lead. */
  public Composition(OperatorConfig config, Outside outside) {
    KubernetesClient client = outside.api().client();
    MeterRegistry meters = outside.meters();
    Clock clock = outside.clock();
    Preflight preflight = new Preflight(client);
    String operatorId = preflight.operatorId(config.operatorNamespace());
    preflight.kinds(Kinds.TYPES);
    leadership = leadership(config, outside);
    lease = HeldLease.of(config, client);
    shell = new MeasuredShell(new SshRemoteShell(SshSettings.defaults()), meters, leadership);
    Set<String> namespaces = config.namespaces().orElse(Set.of());
    heartbeat = new Heartbeat(clock);
    heartbeat.start(timer);
    informers = new Informers(client, namespaces, config.operatorNamespace());
    Targets targets = new Targets(informers, new LoginKeys(informers));
    Machinery machinery =
        new Machinery(
            config.providers(), new Machinery.World(shell, operatorId, outside.clouds()), clock);
    providers = new ProviderClients(informers, targets, machinery, new Doors(meters, leadership));
    QuotaBook quotas = new QuotaBook(informers, clock);
    runner = new OperationRunner(config.concurrency().remoteOperations(), clock, leadership);
    Shared shared =
        new Shared(
            new Shared.Cluster(client, informers, namespaces, config.operatorNamespace()),
            new Shared.World(providers, quotas, targets, shell, operatorId),
            new Shared.Effects(
                runner,
                new WorkspaceSlots(),
                new EventRecorder(client, clock),
                new EngineMetrics(meters, runner)),
            timer,
            clock);
    List<Controller<?>> controllers =
        new Kinds(
                shared,
                quotas,
                config.intervals().providerCheck(),
                taskServs(config, leadership),
                definitions(config))
            .controllers();
    QueueMetrics queues =
        new QueueMetrics(
            controllers.stream().map(each -> each.type().getSimpleName()).toList(), meters, clock);
    operator =
        Runtime.operator(
            config, client, controllers, new Runtime.Attendants(leadership, lease, queues));
    controllers.forEach(each -> register(each, namespaces));
    operator.start();
    ResourceMetrics resources = new ResourceMetrics(informers::all, leadership, meters, clock);
    timer.scheduleWithFixedDelay(resources::refresh, 0, COUNTED.toMillis(), TimeUnit.MILLISECONDS);
    Hearing hearing = new Hearing(informers::deaf, outside.lost());
    long listened = config.intervals().watches().toMillis();
    timer.scheduleWithFixedDelay(hearing::look, listened, listened, TimeUnit.MILLISECONDS);
  }

  private <R extends CustomResource<?, ?>> void register(
      Controller<R> controller, Set<String> namespaces) {
    informers.compare(controller.type(), Registration.register(operator, controller, namespaces));
  }

  private static DefinitionController.Settings definitions(OperatorConfig config) {
    return new DefinitionController.Settings(
        new GitHubReleases(config.updates().github()), config.intervals().updates());
  }

  private static TaskServController.Settings taskServs(
      OperatorConfig config, Leadership leadership) {
    return new TaskServController.Settings(
        new Pace(config.concurrency().operationsPerWorkspace(), config.intervals().drift()),
        leadership::epoch);
  }

  /** Our own scheduler runs. */
  public boolean alive() {
    return heartbeat.alive();
  }

  /** Caches are filled and no watch is broken; true of standbys too. */
  public boolean ready() {
    return !closing
        && operator.getRuntimeInfo().isStarted()
        && operator.getRuntimeInfo().allEventSourcesAreHealthy()
        && informers.watching();
  }

  /**
   * Not ready; no new effects; a time for those under way to end and be told; then the lease is
   * given back, so that a successor leads within seconds. While a call to a provider that did not
   * end in time may still arrive, the lease is kept until it runs out. Steps on machines run on.
   */
  @Override
  public void close() {
    closing = true;
    leadership.close();
    runner.drain(DRAIN);
    operator.stop();
    leadership.end();
    shell.close();
    if (runner.ended(CALLS)) {
      lease.giveBack();
    }
    timer.shutdownNow();
    providers.close();
    informers.close();
  }

  private static Leadership leadership(OperatorConfig config, Outside outside) {
    OperatorConfig.LeaderElection election = config.leaderElection();
    Leadership.Lease lease =
        new Leadership.Lease(
            election.enabled(), outside.api().renewals(), election.renewDeadline(), outside.lost());
    return new Leadership(lease, outside.meters(), outside.clock());
  }

  private static java.util.concurrent.ThreadFactory timers() {
    return Thread.ofPlatform().daemon().name("timer-", 0).factory();
  }
}
