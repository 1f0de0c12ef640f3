package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.CheckStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.topology.Children;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A TaskServ that the Cluster owns, as it is. */
public record TaskServChild(ResourceRef ref, TaskServSpec spec, Optional<TaskServStatus> status)
    implements ChildView {
  @Override
  public List<Condition> conditions() {
    return status.map(TaskServStatus::conditions).orElse(List.of());
  }

  @Override
  public long observedGeneration() {
    return status.map(TaskServStatus::observedGeneration).orElse(-1L);
  }

  String component() {
    return ref.labels().getOrDefault(Children.COMPONENT_LABEL, "");
  }

  /** The machines that it is meant for. */
  List<String> servers() {
    return spec.servers() == null ? List.of() : spec.servers().names();
  }

  boolean names(String server) {
    return servers().contains(server);
  }

  /**
   * Whether the service is, or may be, on the machine: its status tells of a machine that left its
   * spec only once it has seen that spec.
   */
  boolean has(String server) {
    return names(server) || !current() || installedOn(server);
  }

  /** Meant for the machine, and healthy on it. */
  boolean readyOn(String server) {
    return names(server)
        && status.stream()
            .flatMap(known -> known.servers().stream())
            .anyMatch(m -> m.name().equals(server) && m.phase() == MemberPhase.Ready);
  }

  /** It was put in place on some machine, and so may have data there. */
  boolean installed() {
    return status.stream()
        .flatMap(known -> known.servers().stream())
        .anyMatch(m -> m.phase() != MemberPhase.Uninstalled && m.version() != null);
  }

  /** What it says of a machine that does not even answer its health checks. */
  Optional<String> silenceOf(String server) {
    return checksOn(server)
        .filter(check -> Boolean.TRUE.equals(check.silent()))
        .map(check -> check.message() == null ? "no answer" : check.message())
        .findFirst();
  }

  boolean hears(String server) {
    return checksOn(server).anyMatch(check -> !Boolean.TRUE.equals(check.silent()));
  }

  private Stream<CheckStatus> checksOn(String server) {
    return status.stream()
        .flatMap(known -> known.servers().stream())
        .filter(member -> member.name().equals(server) && member.health() != null)
        .flatMap(member -> member.health().checks().stream());
  }

  private boolean installedOn(String server) {
    return status.stream()
        .flatMap(known -> known.servers().stream())
        .anyMatch(
            member ->
                member.name().equals(server)
                    && member.phase() != MemberPhase.Uninstalled
                    && (member.version() != null || member.operationId() != null));
  }
}
