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
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Machines that keep the step protocol and run nothing: operations end at once, or when they are
 * let go. They outlive connections and operators, as real ones do.
 */
final class InMemoryMachines implements RemoteShell {
  private final Map<String, InMemoryOperation> operations = new LinkedHashMap<>();
  private final Map<String, String> applied = new HashMap<>();
  private final List<String> questions = new ArrayList<>();
  private String poison = "";
  private boolean held;
  private boolean cut;
  private int running;
  private int mostRunning;

  static ShellTarget target(String machine) {
    return FakeShell.target(machine);
  }

  /** Operations that start from now on do not end. */
  synchronized void hold() {
    held = true;
  }

  synchronized void letGo() {
    held = false;
    operations.values().stream().filter(InMemoryOperation::runs).forEach(this::end);
    notifyAll();
  }

  /** Ends the oldest operation that runs. */
  synchronized void endOne() {
    operations.values().stream().filter(InMemoryOperation::runs).findFirst().ifPresent(this::end);
    notifyAll();
  }

  /** Connections break and none can be made; what runs on machines runs on. */
  synchronized void cut() {
    cut = true;
    notifyAll();
  }

  synchronized void mend() {
    cut = false;
  }

  /** What was started, like {@code install one}; each is there once. */
  synchronized List<String> started() {
    return operations.values().stream().map(InMemoryOperation::said).toList();
  }

  synchronized int mostRunning() {
    return mostRunning;
  }

  /** Round trips so far, by what they asked. */
  synchronized List<String> questions() {
    return List.copyOf(questions);
  }

  private void end(InMemoryOperation operation) {
    boolean failed = !poison.isEmpty() && operation.writes(poison);
    operation.end(failed);
    running--;
    if (!failed) {
      operation
          .applies()
          .ifPresentOrElse(
              state -> applied.put(operation.place(), state),
              () -> applied.remove(operation.place()));
    }
  }

  /** Operations with such a file fail from now on. */
  synchronized void failOn(String content) {
    poison = content;
  }

  private void ask(String question) {
    questions.add(question);
    if (cut) {
      throw new ProviderException(
          new Failure.Transient(
              "ConnectionLost", "the connection to the machine broke", Duration.ofSeconds(1)));
    }
  }

  @Override
  public synchronized OperationReport start(ShellTarget target, RemoteOperation order) {
    ask("start");
    InMemoryOperation operation = operations.get(order.id().value());
    if (operation == null) {
      operation = new InMemoryOperation(target.machine(), order);
      operations.put(order.id().value(), operation);
      mostRunning = Math.max(mostRunning, ++running);
      if (!held) {
        end(operation);
      }
    }
    return operation.report();
  }

  @Override
  public synchronized OperationReport await(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    ask("await");
    InMemoryOperation operation = operations.get(id.value());
    while (operation != null && operation.runs()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      ask("await");
    }
    return operation == null ? InMemoryOperation.absent(id) : operation.report();
  }

  @Override
  public synchronized OperationReport report(ShellTarget target, OperationId id) {
    ask("report");
    InMemoryOperation operation = operations.get(id.value());
    return operation == null ? InMemoryOperation.absent(id) : operation.report();
  }

  @Override
  public synchronized Optional<String> appliedState(ShellTarget target, String taskServ) {
    ask("appliedState");
    return Optional.ofNullable(applied.get(InMemoryOperation.place(target.machine(), taskServ)));
  }

  @Override
  public synchronized HealthReport health(
      ShellTarget target, Map<String, List<HealthCheck>> checks) {
    ask("health");
    List<HealthReport.Answer> answers = new ArrayList<>();
    checks.forEach(
        (taskServ, list) ->
            list.forEach(
                check -> answers.add(new HealthReport.Answer(taskServ, check.name(), true, ""))));
    return new HealthReport(answers);
  }

  @Override
  public synchronized List<HostDrift> drift(ShellTarget target, String taskServ) {
    ask("drift");
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

  /** An operator that ends: its connections close, machines go on. */
  @Override
  public synchronized void close() {
    cut = true;
    notifyAll();
  }
}
