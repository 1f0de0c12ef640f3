package dev.provisioning.controllers.workflow;

import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.controllers.caches.Caches;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/**
 * Whether the API server lets only approvers answer: it alone knows who asks. Looked for at most
 * once a minute, and only for workflows that name approvers.
 */
final class ApproversPolicy {
  private static final String NAME = "approvers.provisioning.dev";
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final LoadingCache<String, Boolean> bound;

  ApproversPolicy(KubernetesClient client) {
    bound = Caches.newBuilder().expireAfterWrite(KEPT).build(name -> isBound(client, name));
  }

  boolean holds(BatchWorkflow workflow) {
    return workflow.getSpec().operations().stream()
            .anyMatch(o -> o.approval() != null && !o.approval().approvers().isEmpty())
        && bound.get(NAME);
  }

  /** What we may not see is as good as not there. */
  private static boolean isBound(KubernetesClient client, String name) {
    try {
      var binding =
          client
              .admissionRegistration()
              .v1()
              .validatingAdmissionPolicyBindings()
              .withName(name)
              .get();
      return binding != null && binding.getSpec().getValidationActions().contains("Deny");
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }
}
