package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A shell to machines that do nothing but remember. */
final class FakeShell implements RemoteShell {
  final List<Map<String, List<String>>> healthCalls = new CopyOnWriteArrayList<>();
  final List<RemoteOperation> started = new CopyOnWriteArrayList<>();
  final Map<String, Boolean> healthy = new ConcurrentHashMap<>();
  volatile Optional<String> applied = Optional.empty();
  volatile Optional<Failure> broken = Optional.empty();

  static ShellTarget target(String machine) {
    return new ShellTarget(
        machine,
        "192.0.2.1",
        22,
        "root",
        new SecretValue("key"),
        List.of("SHA256:x"),
        ShellTarget.HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(1));
  }

  private void fail() {
    broken.ifPresent(
        failure -> {
          throw new ProviderException(failure);
        });
  }

  @Override
  public Optional<String> appliedState(ShellTarget target, String taskServ) {
    fail();
    return applied;
  }

  @Override
  public HealthReport health(ShellTarget target, Map<String, List<HealthCheck>> checks) {
    fail();
    List<HealthReport.Answer> answers = new ArrayList<>();
    checks.forEach(
        (taskServ, list) ->
            list.forEach(
                check -> {
                  boolean ok = healthy.getOrDefault(check.name(), true);
                  answers.add(
                      new HealthReport.Answer(
                          taskServ, check.name(), ok, ok ? "" : "connection refused"));
                }));
    Map<String, List<String>> call = new ConcurrentHashMap<>();
    checks.forEach((k, v) -> call.put(k, v.stream().map(HealthCheck::name).toList()));
    healthCalls.add(call);
    return new HealthReport(answers);
  }

  @Override
  public OperationReport start(ShellTarget target, RemoteOperation operation) {
    fail();
    started.add(operation);
    return report(operation.id(), OperationReport.State.RUNNING, 0);
  }

  @Override
  public OperationReport await(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    fail();
    progress.accept(report(id, OperationReport.State.RUNNING, 50));
    return report(id, OperationReport.State.SUCCEEDED, 100);
  }

  static OperationReport report(OperationId id, OperationReport.State state, int progress) {
    return new OperationReport(
        id, state, "install", 1, 2, progress, "", 0, 0, List.of(), Map.of(), Optional.empty());
  }

  @Override
  public OperationReport report(ShellTarget target, OperationId id) {
    fail();
    return report(id, OperationReport.State.ABSENT, 0);
  }

  @Override
  public List<HostDrift> drift(ShellTarget target, String taskServ) {
    fail();
    return List.of();
  }

  @Override
  public Contact contact(ShellTarget target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CommandResult read(ShellTarget target, RemoteCommand command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CommandResult run(ShellTarget target, RemoteCommand command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void disconnect(String machine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    broken = Optional.empty();
  }
}
