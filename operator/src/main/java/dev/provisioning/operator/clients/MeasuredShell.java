package dev.provisioning.operator.clients;

import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.Fence;
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
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All machines behind one door: round trips are measured, breakers counted, and effects need a
 * leader. {@code provisioning_ssh_round_trip_seconds} are reads of one round trip that were
 * answered.
 */
public final class MeasuredShell implements RemoteShell {
  private static final String CIRCUIT_OPEN = "CircuitOpen";

  private final RemoteShell shell;
  private final MeterRegistry meters;
  private final Fence fence;
  private final Set<String> closedDoors = ConcurrentHashMap.newKeySet();

  public MeasuredShell(RemoteShell shell, MeterRegistry meters, Fence fence) {
    this.shell = shell;
    this.meters = meters;
    this.fence = fence;
    meters.gauge("provisioning_ssh_breakers_open", closedDoors, Set::size);
  }

  @Override
  public Contact contact(ShellTarget target) {
    return call(target, () -> shell.contact(target));
  }

  @Override
  public CommandResult read(ShellTarget target, RemoteCommand command) {
    return call(target, () -> shell.read(target, command));
  }

  @Override
  public CommandResult run(ShellTarget target, RemoteCommand command) {
    requireLeader();
    return call(target, () -> shell.run(target, command));
  }

  @Override
  public OperationReport start(ShellTarget target, RemoteOperation operation) {
    requireLeader();
    return call(target, () -> shell.start(target, operation));
  }

  @Override
  public OperationReport await(
      ShellTarget target, OperationId id, Consumer<OperationReport> progress) {
    return call(target, () -> shell.await(target, id, progress));
  }

  @Override
  public OperationReport report(ShellTarget target, OperationId id) {
    return roundTrip(target, () -> shell.report(target, id));
  }

  @Override
  public Optional<String> appliedState(ShellTarget target, String taskServ) {
    return roundTrip(target, () -> shell.appliedState(target, taskServ));
  }

  @Override
  public HealthReport health(ShellTarget target, Map<String, List<HealthCheck>> checks) {
    return call(target, () -> shell.health(target, checks));
  }

  @Override
  public List<HostDrift> drift(ShellTarget target, String taskServ) {
    return call(target, () -> shell.drift(target, taskServ));
  }

  @Override
  public void disconnect(String machine) {
    closedDoors.remove(machine);
    shell.disconnect(machine);
  }

  @Override
  public void close() {
    shell.close();
  }

  private <T> T roundTrip(ShellTarget target, Supplier<T> question) {
    Timer.Sample begun = Timer.start(meters);
    T answer = call(target, question);
    begun.stop(EngineMetrics.timer("provisioning_ssh_round_trip").register(meters));
    return answer;
  }

  private <T> T call(ShellTarget target, Supplier<T> question) {
    try {
      T answer = question.get();
      closedDoors.remove(target.machine());
      return answer;
    } catch (ProviderException e) {
      if (e.failure().reason().equals(CIRCUIT_OPEN)) {
        closedDoors.add(target.machine());
      } else {
        closedDoors.remove(target.machine());
      }
      throw e;
    }
  }

  private void requireLeader() {
    if (!fence.holds()) {
      EngineMetrics.fenced(meters).increment();
      throw new ProviderException(
          new Failure.Waiting(
              "NotLeading",
              "this operator does not lead any more: its successor goes on",
              Duration.ofSeconds(1)));
    }
  }
}
