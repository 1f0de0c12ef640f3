package dev.provisioning.controllers.access;

import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Definitions as a namespace sees them: its own go before the operator's. */
public record ServiceDefinitions(Informers informers, String operatorNamespace) {
  /** Those of services, by name. */
  public Map<String, TaskServDefinitionSpec> in(String namespace) {
    Map<String, TaskServDefinitionSpec> all = new HashMap<>();
    for (String from : List.of(operatorNamespace, namespace)) {
      for (TaskServDefinition one : informers.definitions(from)) {
        all.put(one.getMetadata().getName(), one.getSpec());
      }
    }
    return all;
  }

  /** Those of Clusters, likewise. */
  public Map<String, ClusterDefinitionSpec> ofClusters(String namespace) {
    Map<String, ClusterDefinitionSpec> all = new HashMap<>();
    for (String from : List.of(operatorNamespace, namespace)) {
      for (ClusterDefinition one : informers.clusterDefinitions(from)) {
        all.put(one.getMetadata().getName(), one.getSpec());
      }
    }
    return all;
  }
}
