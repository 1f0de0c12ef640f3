package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationExecutorTest {
  private static final MachineRef REDIS = new MachineRef("ts-1", "redis", "machine-1", 1);

  private final FakeShell shell = new FakeShell();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MachineMemory memory = new MachineMemory(timer, Clock.systemUTC());
  private final OperationExecutor executor = new OperationExecutor(memory);
  private final Lines.Line line = new Lines.Line(shell, FakeShell.target("machine-1"));
  private final List<Object> progress = new ArrayList<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void an_operation_is_started_once_and_followed_to_its_end() {
    OperationReport end = executor.run(line, REDIS, operation(), progress::add);

    assertThat(end.state()).isEqualTo(OperationReport.State.SUCCEEDED);
    assertThat(shell.started).hasSize(1);
    assertThat(progress).hasSize(2);
  }

  @Test
  void an_earlier_operation_is_followed_without_starting_anything() {
    OperationReport end = executor.attach(line, REDIS, operation().id(), progress::add);

    assertThat(end.state()).isEqualTo(OperationReport.State.SUCCEEDED);
    assertThat(shell.started).isEmpty();
  }

  @Test
  void applied_state_read_before_an_operation_is_read_again_after_it() {
    shell.applied = Optional.of("old");
    assertThat(read()).isEqualTo(Optional.of("old"));
    shell.applied = Optional.of("new");
    assertThat(read()).isEqualTo(Optional.of("old"));

    executor.run(line, REDIS, operation(), progress::add);

    assertThat(read()).isEqualTo(Optional.of("new"));
  }

  @Test
  void a_machine_that_cannot_be_reached_is_a_failure() {
    shell.broken =
        Optional.of(new Failure.Transient("HostUnreachable", "no route", Duration.ofSeconds(1)));

    assertThatThrownBy(() -> executor.run(line, REDIS, operation(), progress::add))
        .isInstanceOf(ProviderException.class)
        .hasMessage("HostUnreachable: no route");
  }

  private Optional<String> read() {
    MachineMemory.Asker asker = new MachineMemory.Asker(line, () -> {});
    return await()
        .until(
            () ->
                memory.applied(REDIS, asker) instanceof Reading.Known<Optional<String>> known
                    ? known.value()
                    : null,
            java.util.Objects::nonNull);
  }

  private static RemoteOperation operation() {
    return new RemoteOperation(
        OperationId.of("ts-1", 1, "install"),
        1,
        new Bundle("0".repeat(64), "redis", List.of(), List.of(), Map.of(), Optional.empty()),
        Map.of(),
        Map.of(),
        false,
        Optional.empty());
  }
}
