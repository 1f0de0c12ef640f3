package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Wakes;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.taskserv.Pace;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.planning.taskserv.TaskServPlanner;
import dev.provisioning.planning.taskserv.TaskServProjector;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.LongSupplier;

/** Puts the controller of TaskServs together. */
public final class TaskServController {
  private TaskServController() {}

  /**
   * @param usual what holds where Workspaces and specs say nothing else
   * @param epoch this operator's fencing number, higher than that of any earlier leader
   */
  public record Settings(Pace usual, LongSupplier epoch) {}

  public static Controller<TaskServ> of(Shared shared, Settings settings) {
    return of(
        shared,
        server -> new Lines.Line(shared.world().shell(), shared.world().targets().of(server)),
        settings);
  }

  static Controller<TaskServ> of(Shared shared, Lines lines, Settings settings) {
    String operatorNamespace = shared.cluster().operatorNamespace();
    Waker<TaskServ> waker = new Waker<>(shared.timer());
    TaskServCaches caches = new TaskServCaches(shared.cluster().informers());
    MachineMemory memory = new MachineMemory(shared.timer(), shared.clock());
    SecretMaterial secrets = new SecretMaterial(caches);
    TaskServPlanner planner = new TaskServPlanner();
    TaskServObserver observer =
        new TaskServObserver(
            new TaskServObserver.Sight(
                new WorldObserver(
                    new WorldObserver.Sight(
                        caches, new DefinitionRevisions(shared.cluster().client())),
                    operatorNamespace,
                    settings.usual()),
                caches,
                secrets,
                memory,
                lines,
                planner),
            waker);
    TaskServExecutor executor =
        new TaskServExecutor(means(shared, caches, secrets, memory, lines), settings.epoch());
    Kind<TaskServ, TaskServInput, TaskServAction, TaskServStatus> kind =
        new Kind<>(
            TaskServ.class,
            observer,
            planner,
            new TaskServProjector(),
            executor,
            Kind.FinalizerRule.BEFORE_EFFECTS);
    return new Controller<>(
        TaskServ.class,
        new Engine<>(
            kind,
            shared.shell(waker),
            context -> {
              TaskServWakes.register(
                  new Wakes<>(shared.cluster().informers(), waker, context.getPrimaryCache()),
                  operatorNamespace);
              return List.of(caches.make(context));
            }));
  }

  private static TaskServExecutor.Means means(
      Shared shared,
      TaskServCaches caches,
      SecretMaterial secrets,
      MachineMemory memory,
      Lines lines) {
    return new TaskServExecutor.Means(
        caches,
        secrets,
        lines,
        new OperationExecutor(memory),
        new OwnedSecretsExecutor(shared.cluster().client(), new SecureRandom(), caches::remember),
        new OwnedObjectsExecutor(shared.cluster().client(), memory),
        shared.effects().slots(),
        new StepTimes.Meter(shared.effects().metrics(), shared.clock()));
  }
}
