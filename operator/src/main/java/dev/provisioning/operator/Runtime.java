package dev.provisioning.operator;

import dev.provisioning.controllers.Controller;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Duration;
import java.util.List;

/** JOSDK with our settings. */
final class Runtime {
  private static final Duration TERMINATION = Duration.ofSeconds(5);

  private Runtime() {}

  /** Who is told what JOSDK does. */
  record Attendants(Leadership leadership, HeldLease lease, Metrics metrics) {}

  static Operator operator(
      OperatorConfig config,
      KubernetesClient client,
      List<Controller<?>> controllers,
      Attendants attendants) {
    Leadership leadership = attendants.leadership();
    int threads = config.concurrency().reconcilesPerKind() * Math.max(1, controllers.size());
    Operator operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withResourceCloner(new PassCopies(whole(client)))
                  .withCloseClientOnStop(false)
                  .checkingCRDAndValidateLocalModel(false)
                  .withConcurrentReconciliationThreads(threads)
                  .withReconciliationTerminationTimeout(TERMINATION)
                  .withMetrics(attendants.metrics())
                  .withUseSSAToPatchPrimaryResource(false);
              if (config.leaderElection().enabled()) {
                overrider.withLeaderElectionConfiguration(lease(config, attendants));
              }
            });
    if (!config.leaderElection().enabled()) {
      leadership.onStartLeading();
    }
    return operator;
  }

  private static Cloner whole(KubernetesClient client) {
    return new Cloner() {
      @Override
      public <R extends HasMetadata> R clone(R object) {
        return client.getKubernetesSerialization().clone(object);
      }
    };
  }

  /** What losing the lease means is {@link Leadership}'s business: JOSDK is not to exit itself. */
  @SuppressWarnings({"deprecation", "removal"})
  private static LeaderElectionConfiguration lease(OperatorConfig config, Attendants attendants) {
    OperatorConfig.LeaderElection election = config.leaderElection();
    return new LeaderElectionConfiguration(
        HeldLease.NAME,
        config.operatorNamespace(),
        election.leaseDuration(),
        election.renewDeadline(),
        election.retryPeriod(),
        attendants.lease().identity(),
        attendants.leadership().callbacks(),
        false);
  }
}
