package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Pass;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.planning.taskserv.TaskServPlanner;
import dev.provisioning.planning.taskserv.TaskServProjector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Puts the controller of TaskServs together. */
public final class TaskServController {
  private static final Duration DRIFT_INTERVAL = Duration.ofMinutes(10);

  private TaskServController() {}

  /** {@code epoch}: this operator's fencing number, higher than that of any earlier leader. */
  public static Controller<TaskServ> of(Shared shared, LongSupplier epoch) {
    return of(
        shared,
        server -> new Lines.Line(shared.world().shell(), shared.world().targets().of(server)),
        epoch);
  }

  static Controller<TaskServ> of(Shared shared, Lines lines, LongSupplier epoch) {
    String operatorNamespace = shared.cluster().operatorNamespace();
    Waker<TaskServ> waker = new Waker<>(shared.timer());
    TaskServSources sources = new TaskServSources(operatorNamespace);
    MachineMemory memory = new MachineMemory(shared.timer(), shared.clock());
    SecretMaterial secrets = new SecretMaterial(sources);
    TaskServPlanner planner = new TaskServPlanner();
    TaskServObserver observer =
        new TaskServObserver(
            new TaskServObserver.Sight(
                new WorldObserver(sources, operatorNamespace),
                sources,
                secrets,
                memory,
                lines,
                planner),
            waker,
            DRIFT_INTERVAL);
    TaskServExecutor executor =
        new TaskServExecutor(means(shared, sources, secrets, memory, lines), epoch);
    Kind<TaskServ, TaskServInput, TaskServAction, TaskServStatus> kind =
        new Kind<>(
            TaskServ.class,
            observer,
            planner,
            new TaskServProjector(),
            executor,
            Kind.FinalizerRule.BEFORE_EFFECTS);
    Pass.Shell<TaskServ> shell =
        new Pass.Shell<>(
            shared.effects().runner(),
            waker,
            shared.effects().events(),
            shared.effects().metrics(),
            shared.clock());
    return new Controller<>(TaskServ.class, new Engine<>(kind, shell, sources::make));
  }

  private static TaskServExecutor.Means means(
      Shared shared,
      TaskServSources sources,
      SecretMaterial secrets,
      MachineMemory memory,
      Lines lines) {
    return new TaskServExecutor.Means(
        sources,
        secrets,
        lines,
        new OperationExecutor(memory),
        new OwnedSecretsExecutor(shared.cluster().client(), new SecureRandom(), sources::remember),
        new OwnedObjectsExecutor(shared.cluster().client(), memory),
        new WorkspaceSlots());
  }
}
