package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.taskserv.design.Members;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The installed members of the other TaskServs of the same Workspace, by definition. */
final class Peers {
  private Peers() {}

  static Map<String, List<Members.Member>> of(TaskServInput input) {
    String workspace = input.world().workspace().map(WorkspaceView::name).orElse("");
    Map<String, List<Members.Member>> result = new TreeMap<>();
    input.world().taskServs().stream()
        .filter(other -> !other.ref().deleting())
        .sorted(Comparator.comparing(OtherTaskServ::name))
        .forEach(
            other ->
                other
                    .status()
                    .ifPresent(
                        status ->
                            result
                                .computeIfAbsent(other.definition(), d -> new ArrayList<>())
                                .addAll(members(input, other, status, workspace))));
    result.values().removeIf(List::isEmpty);
    result.values().forEach(list -> list.sort(Comparator.comparing(Members.Member::name)));
    return result;
  }

  private static List<Members.Member> members(
      TaskServInput input, OtherTaskServ other, TaskServStatus status, String workspace) {
    List<ServerFacts> installed =
        status.servers().stream()
            .filter(member -> member.version() != null)
            .map(MemberStatus::name)
            .flatMap(name -> input.world().server(name).stream())
            .filter(server -> server.workspace().equals(workspace))
            .toList();
    if (installed.isEmpty()) {
      return List.of();
    }
    List<String> roles =
        Optional.ofNullable(input.world().definitions().get(other.definition()))
            .map(TaskServDefinitionSpec::roles)
            .orElse(List.of());
    return Members.of(
            new Members.Cast(other.name(), installed, roles, Optional.ofNullable(status.leader())))
        .all();
  }
}
