package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.Map;
import java.util.Optional;

/**
 * Definitions, as they are seen from a namespace.
 *
 * @param specs by name; one of the namespace itself wins over the operator's
 * @param announced the newest version that a definition's source announces, by name
 * @param lastGood what the TaskServ's definition was when it ran well last, if it was another one
 *     and is still known
 */
public record Catalogue(
    Map<String, TaskServDefinitionSpec> specs,
    Map<String, String> announced,
    Optional<TaskServDefinitionSpec> lastGood) {
  public Catalogue {
    specs = Map.copyOf(specs);
    announced = Map.copyOf(announced);
  }

  /** Without news of versions and of earlier content. */
  public static Catalogue of(Map<String, TaskServDefinitionSpec> specs) {
    return new Catalogue(specs, Map.of(), Optional.empty());
  }
}
