package dev.provisioning.planning.taskserv.design;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What else there is in the Workspace.
 *
 * @param peers installed members of other TaskServs, by name of their definition
 * @param services the same by name of the TaskServ
 * @param machines its Servers whose address is known
 * @param targets where metrics of other TaskServs can be read
 */
public record Neighbours(
    Map<String, List<Members.Member>> peers,
    Map<String, List<Members.Member>> services,
    List<Members.Member> machines,
    List<MetricsTarget> targets) {
  public Neighbours {
    peers = Map.copyOf(peers);
    services = Map.copyOf(services);
    machines = List.copyOf(machines);
    targets = List.copyOf(targets);
  }

  /** A service that is alone. */
  public static Neighbours none() {
    return new Neighbours(Map.of(), Map.of(), List.of(), List.of());
  }

  /** One port of one member that answers with metrics at {@code path}. */
  public record MetricsTarget(
      String taskserv, String definition, Members.Member member, int port, String path) {
    Map<String, Object> variables() {
      return Map.of(
          "taskserv", taskserv,
          "definition", definition,
          "server", member.name(),
          "address", Members.addressOf(member.server()),
          "port", port,
          "path", path);
    }
  }

  Map<String, Object> variables() {
    Map<String, Object> map = new HashMap<>();
    map.put("peers", variables(peers));
    map.put("services", variables(services));
    map.put("machines", machines.stream().map(Members.Member::variables).toList());
    map.put("targets", targets.stream().map(MetricsTarget::variables).toList());
    return map;
  }

  private static Map<String, Object> variables(Map<String, List<Members.Member>> members) {
    Map<String, Object> map = new TreeMap<>();
    members.forEach(
        (name, list) -> map.put(name, list.stream().map(Members.Member::variables).toList()));
    return map;
  }
}
