package dev.provisioning.controllers.workflow;

import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why a write to a resource did not happen, in the words of the API server. */
final class Refusals {
  private static final int UNPROCESSABLE = 422;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private Refusals() {}

  static ProviderException of(String what, KubernetesClientException e) {
    return new ProviderException(failure(what, e), e);
  }

  private static Failure failure(String what, KubernetesClientException e) {
    if (isUnanswered(e)) {
      return new Failure.OutcomeUnknown("ApiServerSilent", what + ", as far as known: " + said(e));
    }
    return switch (e.getCode()) {
      case UNPROCESSABLE -> new Failure.Invalid("ResourceRefused", what + ": " + causes(e));
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new Failure.Denied("ResourceForbidden", what + ": " + said(e));
      case HttpURLConnection.HTTP_CONFLICT ->
          new Failure.Transient("ResourceChanged", what + ": it changed meanwhile", AGAIN);
      default ->
          new Failure.Transient(
              "ApiServerRefused", "%s: HTTP %d %s".formatted(what, e.getCode(), said(e)), AGAIN);
    };
  }

  /** No status, after a timeout or a broken connection, or its own: a write may have happened. */
  private static boolean isUnanswered(KubernetesClientException e) {
    return e.getCode() <= 0 || e.getCode() == HttpURLConnection.HTTP_GATEWAY_TIMEOUT;
  }

  private static String causes(KubernetesClientException e) {
    List<StatusCause> causes =
        e.getStatus() == null || e.getStatus().getDetails() == null
            ? List.of()
            : e.getStatus().getDetails().getCauses();
    return causes.isEmpty()
        ? said(e)
        : String.join(
            "; ", causes.stream().map(c -> c.getField() + ": " + c.getMessage()).toList());
  }

  private static String said(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? e.getMessage()
        : e.getStatus().getMessage();
  }

  /** What carries on lists of a spec would take back the edit that its maker did not see. */
  static void edited(ApplyChild apply, GenericKubernetesResource child) {
    Long generation = child.getMetadata().getGeneration();
    if (apply.madeOf().filter(seen -> !seen.equals(generation)).isPresent()) {
      throw new ProviderException(
          new Failure.Transient(
              "ResourceChanged",
              apply.child() + " was not changed: its spec changed meanwhile",
              AGAIN));
    }
  }

  /** What another resource manages is changed there. */
  static void controlled(GenericKubernetesResource child) {
    Optional<OwnerReference> controller =
        child.getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .findFirst();
    if (controller.isPresent()) {
      throw new ProviderException(
          new Failure.Conflict(
              "ResourceNotOwned",
              "%s %s belongs to %s %s: change it there"
                  .formatted(
                      child.getKind(),
                      child.getMetadata().getName(),
                      controller.get().getKind(),
                      controller.get().getName())));
    }
  }
}
