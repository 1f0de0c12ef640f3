package dev.provisioning.controllers.workflow;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Group;
import dev.provisioning.api.workflow.WaitCondition;
import dev.provisioning.planning.workflow.WorkflowAction.LookAt;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Looks at a condition of any object, with the rights that the operator has. */
record ConditionReader(KubernetesClient client) {
  private static final String OURS = Group.NAME + "/" + Group.VERSION;

  LookAt.Answer look(String namespace, WaitCondition wanted) {
    String title = wanted.kind() + " " + wanted.name();
    GenericKubernetesResource found;
    try {
      found =
          client
              .genericKubernetesResources(
                  Objects.requireNonNullElse(wanted.apiVersion(), OURS), wanted.kind())
              .inNamespace(namespace)
              .withName(wanted.name())
              .get();
    } catch (KubernetesClientException e) {
      String why =
          e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
              ? "the operator may not read it: grant it get on this kind"
              : "it cannot be read: " + e.getMessage();
      return new LookAt.Answer(false, title + ": " + why);
    }
    return found == null
        ? new LookAt.Answer(false, title + " does not exist yet")
        : answer(title, found, wanted);
  }

  private static LookAt.Answer answer(
      String title, GenericKubernetesResource found, WaitCondition wanted) {
    String type = Objects.requireNonNullElse(wanted.type(), "Ready");
    ConditionStatus status = Objects.requireNonNullElse(wanted.status(), ConditionStatus.True);
    Object is = status(found, type);
    return new LookAt.Answer(
        status.name().equals(is),
        "%s has condition %s=%s, waits for %s"
            .formatted(title, type, Objects.requireNonNullElse(is, "absent"), status));
  }

  private static Object status(GenericKubernetesResource found, String type) {
    if (found.getAdditionalProperties().get("status") instanceof Map<?, ?> status
        && status.get("conditions") instanceof List<?> conditions) {
      for (Object each : conditions) {
        if (each instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
          return condition.get("status");
        }
      }
    }
    return null;
  }
}
