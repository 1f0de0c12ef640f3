package dev.provisioning.operator;

import dev.provisioning.testkit.Programs;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the operator is in these tests: the service account of a release of the chart, with the
 * rights that the chart gives and no others. What it may not do is answered 403, as it would be in
 * production.
 *
 * @param admin may give and take rights
 * @param namespace of the release, which is called the same
 */
public record ChartAccount(KubernetesClient admin, String namespace) {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String NAME = "operator";

  /** In all namespaces. */
  public void allowEverywhere() {
    allow(List.of());
  }

  /** In the namespace of the release alone, as {@code watchNamespaces} does. */
  void allowAtHome() {
    allow(List.of("--set", "watchNamespaces={" + namespace + "}"));
  }

  private void allow(List<String> values) {
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    admin
        .load(new ByteArrayInputStream(rendered(values).getBytes(StandardCharsets.UTF_8)))
        .inNamespace(namespace)
        .forceConflicts()
        .serverSideApply();
  }

  private String rendered(List<String> values) {
    List<String> words = new ArrayList<>();
    words.add(REPOSITORY.resolve("hack/lib/helm").toString());
    words.addAll(List.of("template", namespace, REPOSITORY.resolve("helm/operator").toString()));
    words.addAll(List.of("--namespace", namespace, "--kube-version", "1.34.1"));
    words.addAll(List.of("--show-only", "templates/rbac.yaml"));
    words.addAll(List.of("--set", "serviceAccount.name=" + NAME));
    words.addAll(values);
    String printed = Programs.run(words.toArray(String[]::new));
    // Before the first document helm tells of the links in the chart.
    return printed.substring(printed.indexOf("---\n"));
  }

  /** What goes with the namespace is left to it. */
  public void forget() {
    for (var kind : List.of(ClusterRoleBinding.class, ClusterRole.class)) {
      admin.resources(kind).withLabel("app.kubernetes.io/instance", namespace).delete();
    }
  }

  /** {@code admin} as this account. */
  public static Config login(Config admin, String namespace) {
    admin.setImpersonateUsername("system:serviceaccount:" + namespace + ":" + NAME);
    admin.setImpersonateGroups(
        "system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated");
    return admin;
  }

  /** The verbs of the requests that were answered that they are not allowed: there must be none. */
  public static List<String> refusals(MeterRegistry meters) {
    return meters.find("provisioning_kubernetes_requests").tag("code", "403").counters().stream()
        .map(counter -> counter.getId().getTag("verb") + " x " + (long) counter.count())
        .toList();
  }
}
