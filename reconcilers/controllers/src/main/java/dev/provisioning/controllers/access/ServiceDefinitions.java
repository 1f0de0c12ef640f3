package dev.provisioning.controllers.access;

import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Definitions of services as a namespace sees them: its own go before the operator's. */
public record ServiceDefinitions(Informers informers, String operatorNamespace) {
  /** By name. */
  public Map<String, TaskServDefinitionSpec> in(String namespace) {
    Map<String, TaskServDefinitionSpec> all = new HashMap<>();
    for (String from : List.of(operatorNamespace, namespace)) {
      for (TaskServDefinition one : informers.definitions(from)) {
        all.put(one.getMetadata().getName(), one.getSpec());
      }
    }
    return all;
  }
}
