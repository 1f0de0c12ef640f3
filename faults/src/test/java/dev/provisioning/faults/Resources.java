package dev.provisioning.faults;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What users see of one namespace: objects of our kinds, as plain data. */
record Resources(KubernetesClient client, String namespace) {
  private static final String VERSION = "provisioning.dev/v1alpha1";

  void apply(String manifests) {
    for (HasMetadata each : load(manifests)) {
      client.resource(each).inNamespace(namespace).serverSideApply();
    }
  }

  List<HasMetadata> load(String manifests) {
    return client
        .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
        .items();
  }

  List<GenericKubernetesResource> list(String kind) {
    return client
        .genericKubernetesResources(VERSION, kind)
        .inNamespace(namespace)
        .list()
        .getItems();
  }

  void delete(String kind) {
    client.genericKubernetesResources(VERSION, kind).inNamespace(namespace).delete();
  }

  void delete(String kind, String name) {
    client.genericKubernetesResources(VERSION, kind).inNamespace(namespace).withName(name).delete();
  }

  /** Changes an object as {@code kubectl patch --type merge} does. */
  void merge(String kind, String name, String patch) {
    client
        .genericKubernetesResources(VERSION, kind)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Object to resourceVersion. */
  Map<String, String> versions(List<String> kinds) {
    Map<String, String> versions = new TreeMap<>();
    for (String kind : kinds) {
      list(kind).forEach(o -> versions.put(name(o), o.getMetadata().getResourceVersion()));
    }
    return versions;
  }

  /** Those that are not Ready, each with what it says. */
  List<String> unready(List<String> kinds) {
    List<String> sentences = new ArrayList<>();
    for (String kind : kinds) {
      list(kind).stream().filter(o -> !ready(o)).forEach(o -> sentences.add(said(o)));
    }
    return sentences;
  }

  private static boolean ready(GenericKubernetesResource object) {
    Object observed = object.get("status", "observedGeneration");
    return observed instanceof Number seen
        && seen.longValue() == object.getMetadata().getGeneration()
        && conditions(object).stream().anyMatch(c -> is(c, "Ready", "True"))
        && conditions(object).stream().noneMatch(c -> is(c, "Reconciling", "True"))
        && object.get("status", "intent") == null; // kept until what was done is seen everywhere
  }

  private static String said(GenericKubernetesResource object) {
    return name(object) + ": " + conditions(object);
  }

  /** What must be the same however often the operator died; nothing that counts or tells times. */
  Map<String, String> summary(List<String> kinds) {
    Map<String, String> all = new TreeMap<>();
    for (String kind : kinds) {
      for (GenericKubernetesResource object : list(kind)) {
        List<String> conditions =
            conditions(object).stream()
                .map(c -> "%s=%s %s".formatted(c.get("type"), c.get("status"), c.get("reason")))
                .sorted()
                .toList();
        all.put(
            name(object),
            "%s incarnation %s intent %s %s"
                .formatted(
                    Strings.orNone(object.get("status", "phase")),
                    Strings.orNone(object.get("status", "incarnation")),
                    Strings.orNone(object.get("status", "intent")),
                    conditions));
      }
    }
    return all;
  }

  private static List<Map<String, Object>> conditions(GenericKubernetesResource object) {
    List<Map<String, Object>> found = object.get("status", "conditions");
    return found == null ? List.of() : found;
  }

  private static boolean is(Map<String, Object> condition, String type, String status) {
    return type.equals(condition.get("type")) && status.equals(condition.get("status"));
  }

  private static String name(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  private static final class Strings {
    static String orNone(Object value) {
      return value == null ? "none" : value.toString();
    }
  }
}
