package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.controllers.ports.Releases;
import dev.provisioning.planning.taskserv.definition.DefinitionAction;
import dev.provisioning.planning.taskserv.definition.DefinitionInput;
import dev.provisioning.planning.taskserv.definition.DefinitionPlanner;
import dev.provisioning.planning.taskserv.definition.DefinitionProjector;
import java.time.Duration;
import java.util.List;

/** Puts the controller of definitions together. */
public final class DefinitionController {
  private DefinitionController() {}

  /**
   * @param updates how often publishers are asked for new versions
   */
  public record Settings(Releases releases, Duration updates) {}

  public static Controller<TaskServDefinition> of(Shared shared, Settings settings) {
    Shared.Cluster cluster = shared.cluster();
    Waker<TaskServDefinition> waker = new Waker<>(shared.timer());
    DefinitionUsers users = new DefinitionUsers(cluster.informers(), cluster.operatorNamespace());
    users.onChange(waker::wakeSoon);
    Kind<TaskServDefinition, DefinitionInput, DefinitionAction, TaskServDefinitionStatus> kind =
        new Kind<>(
            TaskServDefinition.class,
            new DefinitionObserver(
                new DefinitionObserver.Sight(
                    users,
                    settings.releases(),
                    new Readings<>(shared.timer(), shared.clock()),
                    settings.updates()),
                waker),
            new DefinitionPlanner(),
            new DefinitionProjector(),
            new DefinitionExecutor(
                new Finalizers(cluster.client()), new DefinitionRevisions(cluster.client())),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    return new Controller<>(
        TaskServDefinition.class, new Engine<>(kind, shared.shell(waker), context -> List.of()));
  }
}
