package dev.provisioning.operator;

import dev.provisioning.spi.failpoint.Failpoints;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease under our name. JOSDK only stops to renew it, so that a successor would wait until it
 * runs out; who ends by its own will gives it back.
 */
record HeldLease(boolean contested, KubernetesClient client, String namespace, String identity) {
  static final String NAME = "provisioning-operator";
  private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);

  static HeldLease of(OperatorConfig config, KubernetesClient client) {
    String identity =
        config
            .leaderElection()
            .identity()
            .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")).filter(h -> !h.isBlank()))
            .orElseGet(() -> UUID.randomUUID().toString());
    return new HeldLease(
        config.leaderElection().enabled(), client, config.operatorNamespace(), identity);
  }

  /** Nothing, unless we hold it. Without an answer the successor waits until it runs out. */
  void giveBack() {
    if (!contested) {
      return;
    }
    try {
      Lease lease = client.leases().inNamespace(namespace).withName(NAME).get();
      if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
        lease.getSpec().setHolderIdentity(null);
        Failpoints.around(
            "lease.give-back", () -> client.resource(lease).lockResourceVersion().update());
      }
    } catch (KubernetesClientException e) {
      LOG.warn("the lease was not given back, it runs out by itself: {}", e.getMessage());
    }
  }
}
