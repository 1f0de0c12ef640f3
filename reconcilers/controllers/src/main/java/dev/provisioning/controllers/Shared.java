package dev.provisioning.controllers;

import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.EventRecorder;
import dev.provisioning.controllers.engine.OperationRunner;
import dev.provisioning.controllers.engine.Pass;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.controllers.ports.Quotas;
import dev.provisioning.controllers.steps.WorkspaceSlots;
import dev.provisioning.spi.RemoteShell;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** What the composition root hands to the controller of every kind. */
public record Shared(
    Cluster cluster, World world, Effects effects, ScheduledExecutorService timer, Clock clock) {

  /**
   * Kubernetes.
   *
   * @param namespaces to work in; empty: all
   * @param operatorNamespace where shared definitions are looked for
   */
  public record Cluster(
      KubernetesClient client,
      Informers informers,
      Set<String> namespaces,
      String operatorNamespace) {}

  /**
   * Machines.
   *
   * @param operatorId marks the machines of this operator
   */
  public record World(
      Providers providers, Quotas quotas, Targets targets, RemoteShell shell, String operatorId) {}

  /** What is started and told. {@code slots} bound what runs on machines, whoever asks. */
  public record Effects(
      OperationRunner runner, WorkspaceSlots slots, EventRecorder events, EngineMetrics metrics) {}

  /** What the passes of one kind work with. */
  public <R extends CustomResource<?, ?>> Pass.Shell<R> shell(Waker<R> waker) {
    return new Pass.Shell<>(effects.runner(), waker, effects.events(), effects.metrics(), clock);
  }
}
