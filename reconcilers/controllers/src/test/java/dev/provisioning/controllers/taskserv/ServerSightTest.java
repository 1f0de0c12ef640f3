package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.planning.Windows;
import dev.provisioning.planning.server.ServerReasons;
import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On which machines services are worked on while their Server is not ready. */
class ServerSightTest {
  @Test
  void whoseServerWaitsForAWindowOrIsRefusedMayBeWorkedOn() {
    assertThat(notReady(Windows.CLOSED, ConditionStatus.True)).isEmpty();
    assertThat(notReady(ServerReasons.ENCRYPTION_UNSUPPORTED, ConditionStatus.True)).isEmpty();
  }

  @Test
  void whoseMachineIsBeingChangedOrDoesNotAnswerMayNot() {
    assertThat(notReady("StopMachine", ConditionStatus.True)).isPresent();
    assertThat(notReady(Windows.CLOSED, ConditionStatus.False)).isPresent();
  }

  private static Optional<Failure> notReady(String reason, ConditionStatus reachable) {
    Server server = new Server();
    server.getMetadata().setName("web-01");
    server.setStatus(
        ServerStatusBuilder.builder()
            .phase(Phase.Updating)
            .conditions(
                List.of(
                    condition("Ready", ConditionStatus.False, reason),
                    condition("MachineReady", ConditionStatus.True, "MachineRunning"),
                    condition("Reachable", reachable, "Connected")))
            .build());
    return ServerSight.of(server, "acme").notReady();
  }

  private static Condition condition(String type, ConditionStatus status, String reason) {
    return new Condition(type, status, reason, "so it is", Instant.EPOCH, 1L);
  }
}
