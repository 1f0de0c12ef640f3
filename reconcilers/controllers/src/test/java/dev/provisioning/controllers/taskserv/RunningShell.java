package dev.provisioning.controllers.taskserv;

import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.EventRecorder;
import dev.provisioning.controllers.engine.OperationRunner;
import dev.provisioning.controllers.engine.StatusStore;
import dev.provisioning.spi.RemoteShell;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The controllers of TaskServs and definitions as one process of an operator would run them. */
final class RunningShell implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final RemoteShell ssh = new SshRemoteShell(SshSettings.defaults());
  private final Operator operator;

  RunningShell(TestCluster cluster, TestMachine machine, long epoch) {
    Clock clock = Clock.systemUTC();
    OperationRunner runner = new OperationRunner(20, clock);
    Shared shared =
        new Shared(
            new Shared.Cluster(
                cluster.client(), null, Set.of(cluster.namespace()), cluster.namespace()),
            new Shared.World(null, null, null, ssh, "test"),
            new Shared.Effects(
                runner,
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
    register(DefinitionController.of(shared), cluster.namespace());
    register(
        TaskServController.of(
            shared,
            server -> new Lines.Line(ssh, machine.target(server.getMetadata().getUid())),
            () -> epoch),
        cluster.namespace());
    operator.start();
  }

  private <R extends CustomResource<?, ?>> void register(
      Controller<R> controller, String namespace) {
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
                .withNamespaces(Set.of(namespace))
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
  }
}
