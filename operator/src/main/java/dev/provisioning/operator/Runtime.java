package dev.provisioning.operator;

import dev.provisioning.controllers.Controller;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.List;

/** JOSDK with our settings. */
final class Runtime {
  private static final Duration TERMINATION = Duration.ofSeconds(5);
  private static final String LEASE = "provisioning-operator";

  private Runtime() {}

  static Operator operator(
      OperatorConfig config,
      KubernetesClient client,
      List<Controller<?>> controllers,
      Leadership leadership) {
    int threads = config.concurrency().reconcilesPerKind() * Math.max(1, controllers.size());
    Operator operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .checkingCRDAndValidateLocalModel(false)
                  .withConcurrentReconciliationThreads(threads)
                  .withReconciliationTerminationTimeout(TERMINATION)
                  .withUseSSAToPatchPrimaryResource(false);
              if (config.leaderElection().enabled()) {
                overrider.withLeaderElectionConfiguration(lease(config, leadership));
              }
            });
    if (!config.leaderElection().enabled()) {
      leadership.onStartLeading();
    }
    return operator;
  }

  /** Losing the lease ends the process: whoever follows must not meet us half-way. */
  private static LeaderElectionConfiguration lease(OperatorConfig config, Leadership leadership) {
    OperatorConfig.LeaderElection election = config.leaderElection();
    LeaderElectionConfigurationBuilder lease =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
            .withLeaseNamespace(config.operatorNamespace())
            .withLeaseDuration(election.leaseDuration())
            .withRenewDeadline(election.renewDeadline())
            .withRetryPeriod(election.retryPeriod())
            .withLeaderCallbacks(leadership.callbacks());
    election.identity().ifPresent(lease::withIdentity);
    return lease.build();
  }
}
