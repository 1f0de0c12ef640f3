package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Pass;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.taskserv.definition.DefinitionInput;
import dev.provisioning.planning.taskserv.definition.DefinitionProjector;
import java.util.List;
import java.util.Optional;

/** Puts the controller of definitions together: it checks them and has no effects. */
public final class DefinitionController {
  private DefinitionController() {}

  public static Controller<TaskServDefinition> of(Shared shared) {
    Kind<TaskServDefinition, DefinitionInput, Action, TaskServDefinitionStatus> kind =
        new Kind<>(
            TaskServDefinition.class,
            (definition, ledger, now) ->
                new DefinitionInput(
                    WorldObserver.ref(definition),
                    definition.getSpec(),
                    Optional.ofNullable(definition.getStatus()),
                    now),
            input -> Plan.empty(),
            new DefinitionProjector(),
            execution -> Optional.empty(),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    Pass.Shell<TaskServDefinition> shell =
        new Pass.Shell<>(
            shared.effects().runner(),
            new Waker<>(shared.timer()),
            shared.effects().events(),
            shared.effects().metrics(),
            shared.clock());
    return new Controller<>(
        TaskServDefinition.class, new Engine<>(kind, shell, context -> List.of()));
  }
}
