package dev.provisioning.planning.taskserv;

import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.taskserv.TaskServAction.AttachOperation;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import dev.provisioning.planning.taskserv.TaskServAction.InstallDependency;
import dev.provisioning.planning.taskserv.TaskServAction.Release;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.spi.model.OperationReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries actions out on the machines and objects of a {@link Scene}. */
record FakeExecutor(Scene scene) {
  /** What the ledger learns: a result, or a {@code Failure}. */
  Object carryOut(Scene.Thing thing, TaskServAction action) {
    return switch (action) {
      case RunOperation run -> run(run);
      case AttachOperation attach -> attach(attach);
      case GenerateSecrets generate -> {
        generate.keys().forEach(key -> generate(new SecretKey(generate.secret(), key)));
        yield "done";
      }
      case InstallDependency install -> {
        scene.make(install.taskServ(), install.spec());
        yield "done";
      }
      case Release release -> {
        thing.released = true;
        yield "done";
      }
    };
  }

  private void generate(SecretKey key) {
    scene.secrets.putIfAbsent(key, Hashes.sha256(key.key()).substring(0, 16));
  }

  private OperationReport run(RunOperation run) {
    FakeMachine machine = scene.machines.get(run.server());
    scene.now = scene.now.plusSeconds(1);
    OperationReport report = machine.run(run, scene.now);
    run.exports().stream()
        .filter(TaskServAction.Export::secret)
        .map(e -> new SecretKey(run.bundle().taskServ() + "-exports", e.name()))
        .forEach(key -> scene.secrets.put(key, "f"));
    return report;
  }

  private OperationReport attach(AttachOperation attach) {
    OperationReport report =
        scene.machines.get(attach.server()).reports.get(attach.operationId().value());
    return report != null
        ? report
        : new OperationReport(
            attach.operationId(),
            OperationReport.State.ABSENT,
            "",
            0,
            0,
            0,
            "",
            0,
            0,
            List.of(),
            Map.of(),
            Optional.empty());
  }
}
