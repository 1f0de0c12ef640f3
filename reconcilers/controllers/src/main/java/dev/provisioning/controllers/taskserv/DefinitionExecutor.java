package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.planning.taskserv.definition.DefinitionAction;
import dev.provisioning.planning.taskserv.definition.DefinitionAction.Hold;
import dev.provisioning.planning.taskserv.definition.DefinitionAction.KeepRevision;
import dev.provisioning.planning.taskserv.definition.DefinitionAction.LetGo;
import dev.provisioning.planning.taskserv.definition.DefinitionInput;
import java.util.Optional;

/** Carries out what was decided for a definition. */
record DefinitionExecutor(Finalizers finalizers, DefinitionRevisions revisions)
    implements Executor<TaskServDefinition, DefinitionInput, DefinitionAction> {
  @Override
  public Optional<Object> execute(
      Execution<TaskServDefinition, DefinitionInput, DefinitionAction> execution) {
    switch (execution.action()) {
      case Hold _ -> {
        // The engine put the finalizer on before it came here.
      }
      case LetGo _ -> finalizers.release(execution.resource());
      case KeepRevision keep -> revisions.keep(execution.resource(), keep.hash());
    }
    return Optional.empty();
  }
}
