package dev.provisioning.proof;

import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.taskserv.MemberFacts;
import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.planning.taskserv.SecretKey;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.TaskServNeeds;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Real machines over real SSH: facts are read when asked, operations run to their end. */
final class RealHosts implements Site.Hosts {
  private final RemoteShell shell;
  private Map<String, ShellTarget> targets = Map.of();
  private final List<OperationReport> reports = new ArrayList<>();

  RealHosts(RemoteShell shell) {
    this.shell = shell;
  }

  /** Where the machines are now, by name of Server. */
  void at(Map<String, ShellTarget> where) {
    targets = Map.copyOf(where);
  }

  /** Of all operations so far, in order. */
  List<OperationReport> reports() {
    return List.copyOf(reports);
  }

  @Override
  public MemberFacts facts(String taskServ, ServerFacts server, TaskServNeeds.Member need) {
    ShellTarget target = targets.get(server.name());
    Reading<Optional<String>> applied =
        need.applied()
            ? new Reading.Known<>(shell.appliedState(target, taskServ))
            : new Reading.Pending<>();
    List<HealthReport.Answer> health =
        need.checks().isEmpty()
            ? List.of()
            : shell.health(target, Map.of(taskServ, need.checks())).answers();
    return new MemberFacts(
        applied,
        need.drift().isPresent()
            ? new Reading.Known<>(shell.drift(target, taskServ))
            : new Reading.Pending<>(),
        health);
  }

  @Override
  public Ledger.Outcome run(TaskServAction action, Map<SecretKey, String> secrets) {
    if (!(action instanceof RunOperation run)) {
      throw new IllegalStateException("nobody asked for " + action.description());
    }
    Map<String, SecretValue> values = new HashMap<>();
    run.secrets()
        .forEach((name, use) -> values.put(name, new SecretValue(secrets.get(use.from()))));
    Map<String, String> commands = new HashMap<>();
    run.exports().forEach(export -> commands.put(export.name(), export.command()));
    ShellTarget target = targets.get(run.server());
    shell.start(
        target,
        new RemoteOperation(
            run.operationId(), 1, run.bundle(), values, commands, false, run.timeout()));
    OperationReport report = shell.await(target, run.operationId(), progress -> {});
    reports.add(report);
    return new Ledger.Succeeded(Instant.now(), Optional.of(report));
  }
}
