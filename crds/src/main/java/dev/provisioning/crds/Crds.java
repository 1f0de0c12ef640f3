package dev.provisioning.crds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.provisioning.api.cluster.Cluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CustomResourceDefinitions of all kinds, as trees and as the files to commit. */
final class Crds {
  private static final String HEADER =
      "# Generated from api-model by the module crds. Do not edit; CONTRIBUTING.md says how to"
          + " write it again.\n";
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private Crds() {}

  /** File name to content, like {@code servers.provisioning.dev.yaml}. */
  static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    trees().forEach((name, crd) -> files.put(name + ".yaml", HEADER + yaml(crd)));
    return files;
  }

  /** The definitions by their names, like {@code servers.provisioning.dev}. */
  static Map<String, ObjectNode> trees() {
    Map<String, ObjectNode> trees = new LinkedHashMap<>();
    for (Kinds.Kind kind : Kinds.ALL) {
      trees.putAll(own(kind));
    }
    WorkspaceDefaults.embed(trees);
    ClusterMembers.embed(trees);
    OperationSpecs.embed(trees);
    return trees;
  }

  /** One kind for itself: what a Workspace repeats of other kinds is left out. */
  static Map<String, ObjectNode> own(Kinds.Kind kind) {
    Map<String, ObjectNode> trees = new LinkedHashMap<>();
    RawCrds.of(List.of(kind.type())).forEach((name, raw) -> trees.put(name, finish(kind, raw)));
    return trees;
  }

  private static ObjectNode finish(Kinds.Kind kind, ObjectNode crd) {
    ObjectNode version = (ObjectNode) crd.path("spec").path("versions").get(0);
    ObjectNode root = (ObjectNode) version.path("schema").path("openAPIV3Schema");
    root.put("description", kind.description());
    root.putArray("required").add("spec");
    ObjectNode spec = (ObjectNode) root.path("properties").path("spec");
    spec.put("description", "What is wanted.");
    new SchemaRules(false).apply("spec", spec);
    ObjectNode status = (ObjectNode) root.path("properties").path("status");
    status.put("description", "What is known. Written by the operator only.");
    // A fresh object says that nobody has looked at it yet: it is never taken for healthy.
    status.putObject("default").put("observedGeneration", -1);
    new SchemaRules(true).apply("status", status);
    if (kind.type() == Cluster.class) {
      scale(version.withObjectProperty("subresources").withObjectProperty("scale"));
    }
    columns(kind, version.putArray("additionalPrinterColumns"));
    return crd;
  }

  /** What {@code kubectl scale} reads and writes. */
  private static void scale(ObjectNode scale) {
    scale.put("specReplicasPath", ".spec.replicas");
    scale.put("statusReplicasPath", ".status.replicas");
    scale.put("labelSelectorPath", ".status.selector");
  }

  private static void columns(Kinds.Kind kind, ArrayNode columns) {
    for (Kinds.Column column : kind.columns()) {
      ObjectNode node = columns.addObject();
      node.put("name", column.name()).put("type", column.type()).put("jsonPath", column.path());
      if (column.priority() > 0) {
        node.put("priority", column.priority());
      }
    }
  }

  private static String yaml(ObjectNode crd) {
    try {
      return YAML.writeValueAsString(crd);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every tree has a YAML form", e);
    }
  }
}
