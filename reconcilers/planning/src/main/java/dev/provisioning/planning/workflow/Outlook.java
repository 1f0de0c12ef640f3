package dev.provisioning.planning.workflow;

import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import java.util.Map;

/**
 * What tells of work on machines before it is done; empty while nobody reads a plan.
 *
 * @param definitions of services, by name, as the namespace sees them
 * @param clusterDefinitions likewise
 * @param taskServs those that the operations name, as they are
 */
public record Outlook(
    Map<String, TaskServDefinitionSpec> definitions,
    Map<String, ClusterDefinitionSpec> clusterDefinitions,
    Map<String, TaskServSpec> taskServs) {
  public static final Outlook NONE = new Outlook(Map.of(), Map.of(), Map.of());

  public Outlook {
    definitions = Map.copyOf(definitions);
    clusterDefinitions = Map.copyOf(clusterDefinitions);
    taskServs = Map.copyOf(taskServs);
  }
}
