package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.FactsStatus;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerAddress;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.server.ServerReasons;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A Server as services on it see it. */
final class ServerSight {
  /** The Server's own change wakes the TaskServ long before. */
  private static final Duration AGAIN = Duration.ofSeconds(60);

  private ServerSight() {}

  static ServerFacts of(Server server, String workspace) {
    String name = server.getMetadata().getName();
    Optional<ServerStatus> status = Optional.ofNullable(server.getStatus());
    String hostname = server.getSpec() == null ? null : server.getSpec().hostname();
    return new ServerFacts(
        name,
        server.getMetadata().getUid(),
        status.map(ServerStatus::incarnation).orElse(0),
        workspace,
        Objects.requireNonNullElse(hostname, name),
        Objects.requireNonNullElse(server.getMetadata().getLabels(), Map.of()),
        status.map(ServerSight::addresses).orElse(List.of()),
        status.map(ServerStatus::facts).map(ServerSight::facts),
        notReady(status),
        server.isMarkedForDeletion(),
        status.filter(ServerSight::gone).isPresent());
  }

  private static boolean gone(ServerStatus status) {
    return condition(status, "MachineReady")
        .filter(one -> one.status() == ConditionStatus.False)
        .filter(one -> "MachineNotFound".equals(one.reason()))
        .isPresent();
  }

  /**
   * A machine that runs and answers can be worked on even if its Server is not as wanted: else a
   * Server whose deletion waits for us would wait for ever, and what is broken would stay broken
   * until a maintenance window opens.
   */
  private static Optional<Failure> notReady(Optional<ServerStatus> status) {
    if (status.filter(ServerSight::usable).isPresent()) {
      return Optional.empty();
    }
    String why =
        status
            .flatMap(known -> condition(known, "Ready"))
            .map(Condition::message)
            .filter(message -> !message.isBlank())
            .orElse("nobody has looked at it yet");
    return Optional.of(new Failure.Waiting("ServerNotReady", why, AGAIN));
  }

  private static boolean usable(ServerStatus status) {
    boolean answers = isTrue(status, "MachineReady") && isTrue(status, "Reachable");
    boolean settled = status.phase() == Phase.Ready || status.phase() == Phase.Deleting;
    boolean leftAlone =
        condition(status, "Ready")
            .filter(ready -> ServerReasons.LEFT_ALONE.contains(ready.reason()))
            .isPresent();
    return isTrue(status, "Ready") || answers && (settled || leftAlone);
  }

  private static boolean isTrue(ServerStatus status, String type) {
    return condition(status, type).filter(one -> one.status() == ConditionStatus.True).isPresent();
  }

  private static Optional<Condition> condition(ServerStatus status, String type) {
    return status.conditions().stream().filter(one -> type.equals(one.type())).findFirst();
  }

  private static List<Address> addresses(ServerStatus status) {
    return status.addresses().stream().map(ServerSight::address).toList();
  }

  private static Address address(ServerAddress address) {
    return new Address(
        switch (address.type()) {
          case PublicIpv4 -> Address.Type.PUBLIC_IPV4;
          case PrivateIpv4 -> Address.Type.PRIVATE_IPV4;
          case Ipv6 -> Address.Type.IPV6;
          case Hostname -> Address.Type.HOSTNAME;
        },
        address.value());
  }

  private static MachineFacts facts(FactsStatus facts) {
    return new MachineFacts(
        Objects.requireNonNullElse(facts.os(), ""),
        Objects.requireNonNullElse(facts.version(), ""),
        Objects.requireNonNullElse(facts.architecture(), ""),
        Objects.requireNonNullElse(facts.kernel(), ""),
        Objects.requireNonNullElse(facts.cores(), 0),
        Objects.requireNonNullElse(facts.memoryMb(), 0),
        Objects.requireNonNullElse(facts.diskGb(), 0),
        Objects.requireNonNullElse(facts.systemd(), false),
        Objects.requireNonNullElse(facts.machineId(), ""),
        Objects.requireNonNullElse(facts.bootId(), ""));
  }
}
