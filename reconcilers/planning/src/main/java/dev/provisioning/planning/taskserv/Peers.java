package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.ServicePort;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.planning.taskserv.design.Neighbours;
import dev.provisioning.planning.taskserv.design.Neighbours.MetricsTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The other machines and services of the Workspace, as templates may use them. */
final class Peers {
  private final TaskServInput input;
  private final String workspace;
  private final Map<String, List<Members.Member>> peers = new TreeMap<>();
  private final Map<String, List<Members.Member>> services = new TreeMap<>();
  private final List<MetricsTarget> targets = new ArrayList<>();

  private Peers(TaskServInput input) {
    this.input = input;
    this.workspace = input.world().workspace().map(WorkspaceView::name).orElse("");
  }

  static Neighbours of(TaskServInput input) {
    Peers peers = new Peers(input);
    input.world().taskServs().stream()
        .filter(other -> !other.ref().deleting() && other.status().isPresent())
        .sorted(Comparator.comparing(OtherTaskServ::name))
        .forEach(peers::add);
    peers.peers.values().forEach(l -> l.sort(Comparator.comparing(Members.Member::name)));
    return new Neighbours(peers.peers, peers.services, peers.machines(), peers.targets);
  }

  private List<Members.Member> machines() {
    List<ServerFacts> known =
        input.world().servers().stream()
            .filter(s -> s.workspace().equals(workspace) && !s.deleting() && !s.gone())
            .filter(s -> !Members.addressOf(s).isEmpty())
            .toList();
    return known.isEmpty()
        ? List.of()
        : Members.of(new Members.Cast("", known, List.of(), Optional.empty())).all();
  }

  private void add(OtherTaskServ other) {
    TaskServStatus status = other.status().orElseThrow();
    List<ServerFacts> installed =
        status.servers().stream()
            .filter(member -> member.version() != null)
            .map(MemberStatus::name)
            .flatMap(name -> input.world().server(name).stream())
            .filter(server -> server.workspace().equals(workspace))
            .toList();
    if (installed.isEmpty()) {
      return;
    }
    Optional<TaskServDefinitionSpec> definition =
        Optional.ofNullable(input.world().definitions().get(other.definition()));
    List<Members.Member> members =
        Members.of(
                new Members.Cast(
                    other.name(),
                    installed,
                    definition.map(TaskServDefinitionSpec::roles).orElse(List.of()),
                    Optional.ofNullable(status.leader())))
            .all();
    peers.computeIfAbsent(other.definition(), d -> new ArrayList<>()).addAll(members);
    services.put(other.name(), members);
    for (ServicePort port : definition.map(TaskServDefinitionSpec::ports).orElse(List.of())) {
      if (port.metrics() != null) {
        status.ports().stream()
            .filter(open -> open.name().equals(port.name()))
            .flatMap(open -> targets(other, members, open, port.metrics()))
            .forEach(targets::add);
      }
    }
  }

  private static Stream<MetricsTarget> targets(
      OtherTaskServ other, List<Members.Member> members, OpenPort open, String path) {
    return members.stream()
        .filter(m -> open.role() == null || open.role().equals(m.role()))
        .flatMap(
            m ->
                open.numbers().stream()
                    .map(
                        number ->
                            new MetricsTarget(other.name(), other.definition(), m, number, path)));
  }
}
