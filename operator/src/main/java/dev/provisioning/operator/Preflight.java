package dev.provisioning.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.function.Supplier;

/** Looks, before anything starts, whether this cluster is one we can work in. */
record Preflight(KubernetesClient client) {
  /** The uid of the operator's namespace: it marks the machines of this operator. */
  String operatorId(String namespace) {
    Namespace found = asked(() -> client.namespaces().withName(namespace).get());
    if (found == null) {
      throw new Refusal(
          ("Namespace %s does not exist; create it (kubectl create namespace %s) or set"
                  + " provisioning.operator-namespace to one that does.")
              .formatted(namespace, namespace));
    }
    return found.getMetadata().getUid();
  }

  /** Every kind must be served before informers ask for it. */
  void kinds(List<Class<? extends CustomResource<?, ?>>> kinds) {
    List<String> missing =
        kinds.stream().map(HasMetadata::getFullResourceName).filter(n -> !served(n)).toList();
    if (!missing.isEmpty()) {
      throw new Refusal(
          ("The cluster at %s does not know %s; install the CustomResourceDefinitions of this"
                  + " release (kubectl apply --server-side -f crds/).")
              .formatted(client.getMasterUrl(), String.join(", ", missing)));
    }
  }

  private boolean served(String name) {
    CustomResourceDefinition found =
        asked(() -> client.apiextensions().v1().customResourceDefinitions().withName(name).get());
    return found != null;
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw new Refusal(explained(e), e);
    }
  }

  private String explained(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "The API server at %s does not accept our credentials; check KUBECONFIG or the service account."
              .formatted(client.getMasterUrl());
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "The API server at %s forbids what the operator needs: %s; grant it the rights of the chart's ClusterRole."
              .formatted(client.getMasterUrl(), message(e));
      case 0, -1 ->
          "The API server at %s does not answer (%s); check KUBECONFIG and that it runs."
              .formatted(client.getMasterUrl(), cause(e));
      default ->
          "The API server at %s answered %d: %s; look there first."
              .formatted(client.getMasterUrl(), e.getCode(), message(e));
    };
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
  }

  private static String cause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
