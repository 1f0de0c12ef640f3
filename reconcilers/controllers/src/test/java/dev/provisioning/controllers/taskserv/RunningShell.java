package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.EventRecorder;
import dev.provisioning.controllers.engine.OperationRunner;
import dev.provisioning.controllers.engine.StatusStore;
import dev.provisioning.controllers.ports.Releases;
import dev.provisioning.controllers.steps.WorkspaceSlots;
import dev.provisioning.planning.taskserv.Pace;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** The controllers of TaskServs and definitions as one process of an operator would run them. */
final class RunningShell implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final RemoteShell ssh;
  private final Informers informers;
  private final Operator operator;

  /** Over real SSH to one machine, in the cluster's own namespace. */
  RunningShell(TestCluster cluster, TestMachine machine, long epoch) {
    this(
        cluster,
        new Place(
            Set.of(cluster.namespace()),
            cluster.namespace(),
            new SshRemoteShell(SshSettings.defaults()),
            source -> List.of(),
            server -> machine.target(server.getMetadata().getUid())),
        epoch);
  }

  /** Where it works, and how it gets to machines. */
  record Place(
      Set<String> namespaces,
      String operatorNamespace,
      RemoteShell shell,
      Releases releases,
      Function<Server, ShellTarget> way) {}

  RunningShell(TestCluster cluster, Place place, long epoch) {
    this.ssh = place.shell();
    Clock clock = Clock.systemUTC();
    informers = new Informers(cluster.client(), place.namespaces(), place.operatorNamespace());
    OperationRunner runner = new OperationRunner(20, clock);
    Shared shared =
        new Shared(
            new Shared.Cluster(
                cluster.client(), informers, place.namespaces(), place.operatorNamespace()),
            new Shared.World(null, null, null, ssh, "test"),
            new Shared.Effects(
                runner,
                new WorkspaceSlots(),
                new EventRecorder(cluster.client(), clock),
                new EngineMetrics(new SimpleMeterRegistry(), runner)),
            timer,
            clock);
    operator =
        new Operator(
            settings ->
                settings
                    .withKubernetesClient(cluster.client())
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(false)
                    .withUseSSAToPatchPrimaryResource(false));
    register(
        DefinitionController.of(
            shared, new DefinitionController.Settings(place.releases(), Duration.ofHours(1))),
        place.namespaces());
    register(
        TaskServController.of(
            shared,
            server -> new Lines.Line(ssh, place.way().apply(server)),
            new TaskServController.Settings(new Pace(100, Duration.ofSeconds(2)), () -> epoch)),
        place.namespaces());
    operator.start();
  }

  private <R extends CustomResource<?, ?>> void register(
      Controller<R> controller, Set<String> namespaces) {
    operator.register(
        controller.engine(),
        new ResolvedControllerConfiguration<>(
            controller.type().getSimpleName().toLowerCase(Locale.ROOT),
            false,
            controller.engine().getClass().getCanonicalName(),
            new GenericRetry().withoutMaxAttempts(),
            LinearRateLimiter.deactivatedRateLimiter(),
            null,
            StatusStore.FINALIZER,
            Map.of(),
            "provisioning-operator",
            operator.getConfigurationService(),
            InformerConfiguration.builder(controller.type())
                .withNamespaces(namespaces)
                .buildForController(),
            true,
            null));
  }

  /** As a kill would: nothing under way is waited for, steps on machines run on. */
  @Override
  public void close() {
    ssh.close();
    operator.stop();
    timer.shutdownNow();
    informers.close();
  }
}
