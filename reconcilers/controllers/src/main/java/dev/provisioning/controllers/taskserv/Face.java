package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The side of Servers and other TaskServs that TaskServs see. A change of anything else, such as
 * progress, wakes nobody.
 */
final class Face {
  private Face() {}

  static boolean changed(Server old, Server now) {
    return !of(old).equals(of(now));
  }

  static boolean changed(TaskServ old, TaskServ now) {
    return !of(old).equals(of(now));
  }

  /** Its spec, or what its publisher announces. */
  static boolean changed(TaskServDefinition old, TaskServDefinition now) {
    return !old.getMetadata().getGeneration().equals(now.getMetadata().getGeneration())
        || !announced(old).equals(announced(now));
  }

  private static Optional<String> announced(TaskServDefinition definition) {
    return Optional.ofNullable(definition.getStatus())
        .map(TaskServDefinitionStatus::availableVersion);
  }

  /** A target of the service, or a machine that it was put on. */
  static boolean concerns(Server server, TaskServ taskServ) {
    String name = server.getMetadata().getName();
    TaskServStatus status = taskServ.getStatus();
    return targets(taskServ.getSpec().servers(), server)
        || status != null
            && status.servers().stream().anyMatch(member -> member.name().equals(name));
  }

  private static boolean targets(Targets targets, Server server) {
    if (targets == null) {
      return false;
    }
    Map<String, String> labels = Meta.of(server.getMetadata()).labels();
    boolean chosen =
        targets.selector() != null
            && labels.entrySet().containsAll(targets.selector().matchLabels().entrySet());
    return chosen || targets.names().contains(server.getMetadata().getName());
  }

  /** Its own changes reach a TaskServ as its controller's primary resource. */
  static boolean concerns(TaskServ changed, TaskServ other) {
    return !changed.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private record Meta(Map<String, String> labels, boolean deleting, Long generation) {
    static Meta of(ObjectMeta meta) {
      return new Meta(
          meta.getLabels() == null ? Map.of() : meta.getLabels(),
          meta.getDeletionTimestamp() != null,
          meta.getGeneration());
    }
  }

  private record ServerFace(Meta meta, Optional<ServerStatus> status) {}

  private static ServerFace of(Server server) {
    return new ServerFace(
        Meta.of(server.getMetadata()), Optional.ofNullable(server.getStatus()).map(Face::seenOf));
  }

  private static ServerStatus seenOf(ServerStatus status) {
    return ServerStatusBuilder.builder()
        .phase(status.phase())
        .conditions(truths(status.conditions()))
        .machine(status.machine())
        .addresses(status.addresses())
        .incarnation(status.incarnation())
        .hostKeys(status.hostKeys())
        .facts(status.facts())
        .build();
  }

  private static List<Condition> truths(List<Condition> conditions) {
    return conditions.stream()
        .map(one -> one.withMessage(null).withObservedGeneration(null))
        .toList();
  }

  private record TaskServFace(
      Meta meta, List<Condition> conditions, List<MemberFace> members, Optional<String> rest) {}

  private record MemberFace(String name, String role, Object phase, String version) {}

  private static TaskServFace of(TaskServ taskServ) {
    TaskServStatus status = taskServ.getStatus();
    return status == null
        ? new TaskServFace(Meta.of(taskServ.getMetadata()), List.of(), List.of(), Optional.empty())
        : new TaskServFace(
            Meta.of(taskServ.getMetadata()),
            truths(status.conditions()),
            status.servers().stream().map(Face::of).toList(),
            Optional.of(
                status.leader()
                    + " "
                    + status.installedVersion()
                    + " "
                    + status.configHash()
                    + " "
                    + status.exports()));
  }

  private static MemberFace of(MemberStatus member) {
    return new MemberFace(member.name(), member.role(), member.phase(), member.version());
  }
}
