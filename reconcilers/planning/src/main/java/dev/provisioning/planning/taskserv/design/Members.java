package dev.provisioning.planning.taskserv.design;

import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.MachineFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machines of a TaskServ, sorted by name, with the role that each plays and the one that leads.
 */
public record Members(List<Member> all, Member leader) {
  /** Label of a Server: its role in every TaskServ that knows this role. */
  public static final String ROLE_LABEL = "provisioning.dev/role";

  public Members {
    all = List.copyOf(all);
  }

  /** One machine. {@code role} is empty when the definition has none. */
  public record Member(ServerFacts server, String role, int index, boolean leader) {
    public String name() {
      return server.name();
    }

    /** As templates see it. */
    public Map<String, Object> variables() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", server.name());
      map.put("hostname", server.hostname());
      map.put("address", addressOf(server));
      map.put("privateAddress", first(server, Address.Type.PRIVATE_IPV4));
      map.put("publicAddress", first(server, Address.Type.PUBLIC_IPV4));
      map.put("role", role);
      map.put("index", index);
      map.put("leader", leader);
      return map;
    }

    /** The same and what the machine said of itself; 0 and "" while it said nothing. */
    public Map<String, Object> selfVariables() {
      Map<String, Object> map = variables();
      Optional<MachineFacts> facts = server.facts();
      map.put("os", facts.map(MachineFacts::os).orElse(""));
      map.put("osVersion", facts.map(MachineFacts::version).orElse(""));
      map.put("architecture", facts.map(MachineFacts::architecture).orElse(""));
      map.put("cores", facts.map(MachineFacts::cores).orElse(0));
      map.put("memoryMb", facts.map(MachineFacts::memoryMb).orElse(0));
      map.put("diskGb", facts.map(MachineFacts::diskGb).orElse(0));
      return map;
    }
  }

  /** Who is there and what was said about roles. */
  public record Cast(
      String taskServ,
      List<ServerFacts> servers,
      List<String> roles,
      Optional<String> lastLeader) {}

  /** {@code cast} has at least one server. */
  public static Members of(Cast cast) {
    List<ServerFacts> sorted =
        cast.servers().stream().sorted(Comparator.comparing(ServerFacts::name)).toList();
    Map<String, String> given = new HashMap<>();
    sorted.forEach(s -> given(cast, s).ifPresent(role -> given.put(s.name(), role)));
    String leader = leader(cast, sorted, given);
    List<Member> members = new ArrayList<>();
    for (ServerFacts server : sorted) {
      boolean leads = server.name().equals(leader);
      String role = given.getOrDefault(server.name(), usual(cast.roles(), leads));
      members.add(new Member(server, role, members.size(), leads));
    }
    return new Members(members, members.stream().filter(Member::leader).findFirst().orElseThrow());
  }

  /** The caller knows that it is one of them. */
  public Member get(String name) {
    return all.stream().filter(member -> member.name().equals(name)).findFirst().orElseThrow();
  }

  /** Private before public, before any other; empty when none is known. */
  public static String addressOf(ServerFacts server) {
    String own = first(server, Address.Type.PRIVATE_IPV4);
    String open = own.isEmpty() ? first(server, Address.Type.PUBLIC_IPV4) : own;
    return open.isEmpty()
        ? server.addresses().stream().map(Address::value).findFirst().orElse("")
        : open;
  }

  private static String first(ServerFacts server, Address.Type type) {
    return server.addresses().stream()
        .filter(address -> address.type() == type)
        .map(Address::value)
        .findFirst()
        .orElse("");
  }

  private static Optional<String> given(Cast cast, ServerFacts server) {
    return Optional.ofNullable(server.labels().get(ROLE_LABEL + "." + cast.taskServ()))
        .or(() -> Optional.ofNullable(server.labels().get(ROLE_LABEL)))
        .filter(cast.roles()::contains);
  }

  /** Sticky while it is a member and no other was given the first role. */
  private static String leader(Cast cast, List<ServerFacts> sorted, Map<String, String> given) {
    String first = cast.roles().isEmpty() ? "" : cast.roles().getFirst();
    List<String> named =
        sorted.stream().map(ServerFacts::name).filter(n -> first.equals(given.get(n))).toList();
    List<String> candidates =
        !named.isEmpty()
            ? named
            : sorted.stream().map(ServerFacts::name).filter(n -> !given.containsKey(n)).toList();
    List<String> all =
        candidates.isEmpty() ? sorted.stream().map(ServerFacts::name).toList() : candidates;
    return cast.lastLeader().filter(all::contains).orElse(all.getFirst());
  }

  private static String usual(List<String> roles, boolean leads) {
    if (roles.isEmpty()) {
      return "";
    }
    return leads || roles.size() == 1 ? roles.getFirst() : roles.get(1);
  }
}
