package dev.provisioning.ssh;

import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** {@link RemoteShell} on sshj. One per operator process. */
public final class SshRemoteShell implements RemoteShell {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration UPLOAD = Duration.ofMinutes(5);

  /** What a command may take longer here than on the machine, which ends it itself. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deadlines deadlines = new Deadlines();
  private final ConnectionPool pool;
  private final Conversations conversations;
  private final Agent agent;
  private final OperationWatcher watcher;

  public SshRemoteShell(SshSettings settings) {
    this.pool = new ConnectionPool(settings, deadlines);
    this.conversations = new Conversations(pool, deadlines);
    this.agent = new Agent(conversations);
    this.watcher = new OperationWatcher(agent, settings, closed);
  }

  @Override
  public Contact contact(ShellTarget target) {
    var line = "/bin/sh -c " + CommandLines.quote(FactsReader.SCRIPT);
    return conversations.hold(
        target,
        new Conversations.Order(line, ANSWER, false),
        (process, connection) -> {
          process.endInput();
          var output = process.rest();
          int exit = process.exit();
          if (exit == FactsReader.SUDO_DENIED) {
            throw SshFailures.sudoDenied(target, Sudo.words(process.errors()));
          }
          if (exit != 0) {
            throw SshFailures.agentFailed(target, exit, process.errors());
          }
          return new Contact(connection.hostKey(), FactsReader.read(output));
        });
  }

  @Override
  public CommandResult read(ShellTarget target, RemoteCommand command) {
    return execute(target, command, false);
  }

  @Override
  public CommandResult run(ShellTarget target, RemoteCommand command) {
    return execute(target, command, true);
  }

  private CommandResult execute(ShellTarget target, RemoteCommand command, boolean effect) {
    var order =
        new Conversations.Order(
            CommandLines.of(target, command), command.timeout().plus(GRACE), effect);
    return conversations.hold(
        target, order, (process, _) -> execute(target, command, effect, process));
  }

  private static CommandResult execute(
      ShellTarget target, RemoteCommand command, boolean effect, RemoteProcess process)
      throws IOException {
    Thread.ofVirtual().name("ssh-stdin").start(() -> feed(command, process));
    var output = new BoundedOutput();
    output.readAll(process.out());
    int exit = process.exit();
    boolean late = process.age().compareTo(command.timeout()) >= 0;
    if (late && (exit == 124 || exit == 137)) {
      throw SshFailures.timeout(target, command.timeout(), effect);
    }
    if (command.sudo() && Sudo.denied(target, exit, process.errors())) {
      throw SshFailures.sudoDenied(target, Sudo.words(process.errors()));
    }
    return new CommandResult(exit, output.text(), process.errors());
  }

  private static void feed(RemoteCommand command, RemoteProcess process) {
    command
        .stdin()
        .ifPresent(secret -> process.send(secret.reveal().getBytes(StandardCharsets.UTF_8)));
    process.endInput();
  }

  @Override
  public OperationReport start(ShellTarget target, RemoteOperation operation) {
    var bundle = BundleArchive.of(operation.bundle());
    var own = OperationArchive.of(operation);
    var arguments =
        List.of(
            "start",
            operation.id().value(),
            Long.toString(operation.epoch()),
            operation.bundle().digest(),
            operation.bundle().taskServ(),
            Integer.toString(own.length),
            Integer.toString(bundle.length));
    return agent.call(
        target,
        new Agent.Call(arguments, UPLOAD, true),
        process -> {
          process.send(own);
          var line = Agent.expectLine(target, process);
          if (line.equals("need-bundle")) {
            process.send(bundle);
            line = Agent.expectLine(target, process);
          }
          if (!line.equals("report")) {
            throw SshFailures.agentFailed(target, 0, "unexpected answer: " + line);
          }
          return ReportReader.read(operation.id(), process::line);
        });
  }

  @Override
  public OperationReport await(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    return watcher.await(target, id, progress);
  }

  @Override
  public OperationReport report(ShellTarget target, OperationId id) {
    return agent.call(
        target,
        Agent.Call.reading(ANSWER, "report", id.value()),
        process -> OperationWatcher.report(target, id, process));
  }

  @Override
  public Optional<String> appliedState(ShellTarget target, String taskServ) {
    return agent.call(
        target,
        Agent.Call.reading(ANSWER, "applied", taskServ),
        process ->
            Agent.expectLine(target, process).equals("present")
                ? Optional.of(process.rest().strip())
                : Optional.empty());
  }

  @Override
  public HealthReport health(ShellTarget target, Map<String, List<HealthCheck>> checks) {
    return new HealthProbe(agent).ask(target, checks);
  }

  @Override
  public List<HostDrift> drift(ShellTarget target, String taskServ) {
    return agent.call(
        target,
        Agent.Call.reading(Duration.ofMinutes(2), "drift", taskServ),
        process -> {
          var found = new ArrayList<HostDrift>();
          for (var line = Agent.expectLine(target, process);
              !line.equals(".");
              line = Agent.expectLine(target, process)) {
            var fields = line.substring("drift ".length()).split("\t", 3);
            found.add(new HostDrift(fields[0], fields[1], fields[2]));
          }
          return List.copyOf(found);
        });
  }

  @Override
  public void disconnect(String machine) {
    pool.disconnect(machine);
  }

  @Override
  public void close() {
    closed.countDown();
    pool.close();
    deadlines.close();
  }
}
