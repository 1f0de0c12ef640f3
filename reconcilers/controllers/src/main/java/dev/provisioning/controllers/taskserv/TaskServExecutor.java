package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.steps.WorkspaceSlots;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.planning.taskserv.TaskServAction.AttachOperation;
import dev.provisioning.planning.taskserv.TaskServAction.Export;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import dev.provisioning.planning.taskserv.TaskServAction.InstallDependency;
import dev.provisioning.planning.taskserv.TaskServAction.Release;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Carries out what was decided for a TaskServ. */
final class TaskServExecutor implements Executor<TaskServ, TaskServInput, TaskServAction> {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Means means;
  private final LongSupplier epoch;

  /** {@code epoch} is this operator's fencing number: machines refuse lower ones than they saw. */
  TaskServExecutor(Means means, LongSupplier epoch) {
    this.means = means;
    this.epoch = epoch;
  }

  /** What it works with. */
  record Means(
      Caches caches,
      SecretMaterial secrets,
      Lines lines,
      OperationExecutor operations,
      OwnedSecretsExecutor ownedSecrets,
      OwnedObjectsExecutor ownedObjects,
      WorkspaceSlots slots,
      StepTimes.Meter meter) {}

  @Override
  public Optional<Object> execute(Execution<TaskServ, TaskServInput, TaskServAction> execution) {
    return switch (execution.action()) {
      case RunOperation run -> Optional.of(run(execution, run));
      case AttachOperation attach -> Optional.of(attach(execution, attach));
      case GenerateSecrets secrets -> {
        means.ownedSecrets().generate(execution.resource(), secrets.secret(), secrets.keys());
        yield Optional.empty();
      }
      case InstallDependency dependency -> {
        means.ownedObjects().create(execution.resource(), dependency);
        yield Optional.empty();
      }
      case Release release -> {
        means.ownedObjects().release(execution.resource());
        yield Optional.empty();
      }
    };
  }

  private OperationReport run(
      Execution<TaskServ, TaskServInput, TaskServAction> execution, RunOperation run) {
    TaskServ taskServ = execution.resource();
    Server server = server(taskServ, run.server());
    Lines.Line line = means.lines().to(server);
    RemoteOperation operation =
        new RemoteOperation(
            run.operationId(),
            epoch.getAsLong(),
            run.bundle(),
            means.secrets().values(taskServ.getMetadata().getNamespace(), run.secrets()),
            run.exports().stream().collect(Collectors.toMap(Export::name, Export::command)),
            run.parallelSafe(),
            run.timeout());
    StepTimes times = times(execution);
    try (WorkspaceSlots.Slot _ = means.slots().take(room(execution.input()))) {
      OperationReport end =
          means.operations().run(line, MachineRef.of(taskServ, server), operation, times);
      return kept(execution, times.ended(end));
    }
  }

  private static WorkspaceSlots.Room room(TaskServInput input) {
    String namespace = input.ref().namespace();
    return input
        .world()
        .workspace()
        .map(view -> new WorkspaceSlots.Room(namespace, view.name(), view.pace().operations()))
        .orElse(new WorkspaceSlots.Room(namespace, "", Integer.MAX_VALUE));
  }

  /** It runs already, so it needs no place of its Workspace to begin. */
  private OperationReport attach(
      Execution<TaskServ, TaskServInput, TaskServAction> execution, AttachOperation attach) {
    TaskServ taskServ = execution.resource();
    Server server = server(taskServ, attach.server());
    StepTimes times = times(execution);
    OperationReport end =
        means
            .operations()
            .attach(
                means.lines().to(server),
                MachineRef.of(taskServ, server),
                attach.operationId(),
                times);
    return kept(execution, times.ended(end));
  }

  private StepTimes times(Execution<TaskServ, TaskServInput, TaskServAction> execution) {
    String named = execution.resource().getSpec().definition();
    String definition = named == null ? execution.resource().getMetadata().getName() : named;
    return new StepTimes(means.meter(), definition, execution.progress());
  }

  /** Secret values go to a Secret before anybody can see the report, which keeps their names. */
  private OperationReport kept(
      Execution<TaskServ, TaskServInput, TaskServAction> execution, OperationReport report) {
    Map<String, SecretValue> secret = new HashMap<>();
    Map<String, SecretValue> seen = new HashMap<>(report.exports());
    for (Map.Entry<String, SecretValue> export : report.exports().entrySet()) {
      if (SecretExports.isSecret(execution.input(), export.getKey())) {
        secret.put(export.getKey(), export.getValue());
        seen.put(export.getKey(), new SecretValue(""));
      }
    }
    if (secret.isEmpty()) {
      return report;
    }
    TaskServ taskServ = execution.resource();
    means.ownedSecrets().store(taskServ, SecretExports.secretOf(taskServ), secret);
    return SecretExports.withOnly(seen, report);
  }

  private Server server(TaskServ taskServ, String name) {
    return means.caches().servers(taskServ.getMetadata().getNamespace()).stream()
        .filter(server -> server.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Waiting(
                        "ServerNotFound", "Server " + name + " does not exist", AGAIN)));
  }
}
