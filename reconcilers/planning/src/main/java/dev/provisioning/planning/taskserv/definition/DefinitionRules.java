package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.List;

/** What is wrong with a definition, each with its path. */
public final class DefinitionRules {
  private DefinitionRules() {}

  /** Empty when all is right. */
  public static List<String> check(TaskServDefinitionSpec definition) {
    return List.of();
  }
}
