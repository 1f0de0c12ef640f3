package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.StepSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.Windows;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one machine waits for on account of the others of the same service. */
final class Gates {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private static final Duration SOON = Duration.ofSeconds(5);

  private Gates() {}

  /** A file that names other machines needs their addresses. */
  static Optional<Failure> addresses(Resolution resolution) {
    if (!readsMembers(resolution.definition())) {
      return Optional.empty();
    }
    return resolution.targets().stream()
        .filter(server -> Members.addressOf(server).isEmpty())
        .findFirst()
        .map(
            server ->
                new Failure.Waiting(
                    "ServerNotReady", "waits for the address of Server " + server.name(), RECHECK));
  }

  static Optional<Failure> exports(Resolution resolution, ServerFacts server) {
    Members members = resolution.blueprint().members();
    Members.Member member = members.get(server.name());
    for (ExportSpec export : resolution.definition().exports()) {
      boolean known = resolution.blueprint().exports().containsKey(export.name());
      if (!known && !Exports.makes(export, member)) {
        return Optional.of(
            new Failure.Waiting(
                "ExportMissing",
                "waits for %s, which %s makes".formatted(export.name(), members.leader().name()),
                SOON));
      }
    }
    return Optional.empty();
  }

  /** What serves is disturbed in maintenance windows only; what is broken is mended at any time. */
  static Optional<Failure> window(TaskServInput input, MemberState member) {
    boolean disturbs = member.status().version() != null && Phases.healthy(member.status());
    return input
        .world()
        .workspace()
        .filter(view -> disturbs)
        .flatMap(view -> Windows.closed(view.name(), view.policy().windows(), input.now()));
  }

  /** Whether the other members of a new service need what its leader makes. */
  static boolean leaderFirst(TaskServDefinitionSpec definition) {
    return definition.roles().size() > 1 || !definition.exports().isEmpty();
  }

  /** Changed, then ill, while others still wait for their change: the change is to blame. */
  static boolean sick(MemberState member, List<MemberState> all) {
    boolean changing = all.stream().anyMatch(m -> m.wanted().isPresent());
    return changing
        && member.target()
        && member.wanted().isEmpty()
        && !member.inFlight()
        && member.status().phase() == dev.provisioning.api.taskserv.MemberPhase.Unhealthy;
  }

  private static boolean readsMembers(TaskServDefinitionSpec definition) {
    Stream<String> templates = definition.files().stream().map(file -> file.template());
    Stream<String> scripts =
        Stream.of(definition.install(), definition.configure())
            .flatMap(List::stream)
            .map(StepSpec::run);
    return templates.anyMatch(
            t -> t.contains("leader") || t.contains("members") || t.contains("others"))
        || scripts.anyMatch(s -> s.contains("_MEMBERS") || s.contains("_LEADER_ADDRESS"));
  }
}
