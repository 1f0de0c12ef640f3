package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.cluster.ClusterDefinitionStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Pass;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.cluster.definition.ClusterDefinitionInput;
import dev.provisioning.planning.cluster.definition.ClusterDefinitionProjector;
import java.util.List;
import java.util.Optional;

/** Puts the controller of ClusterDefinitions together: it checks them and has no effects. */
public final class ClusterDefinitionController {
  private ClusterDefinitionController() {}

  public static Controller<ClusterDefinition> of(Shared shared) {
    Kind<ClusterDefinition, ClusterDefinitionInput, Action, ClusterDefinitionStatus> kind =
        new Kind<>(
            ClusterDefinition.class,
            (definition, ledger, now) ->
                new ClusterDefinitionInput(
                    Refs.of(definition),
                    definition.getSpec(),
                    Optional.ofNullable(definition.getStatus()),
                    now),
            input -> Plan.empty(),
            new ClusterDefinitionProjector(),
            execution -> Optional.empty(),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    Pass.Shell<ClusterDefinition> shell =
        new Pass.Shell<>(
            shared.effects().runner(),
            new Waker<>(shared.timer()),
            shared.effects().events(),
            shared.effects().metrics(),
            shared.clock());
    return new Controller<>(
        ClusterDefinition.class, new Engine<>(kind, shell, context -> List.of()));
  }
}
