package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.planning.cluster.topology.Children;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the next machine of a pool has room: the first free name, zone by zone, address by address.
 */
final class Places {
  private static final int LAST_INDEX = 999;

  private final Children children;
  private final NodePool pool;
  private final Set<String> names = new HashSet<>();
  private final List<String> zones = new ArrayList<>();
  private final Set<String> addresses = new HashSet<>();

  /** {@code members}: all that exist, also those that leave. */
  Places(Children children, NodePool pool, List<Member> members, Set<String> taken) {
    this.children = children;
    this.pool = pool;
    taken.stream()
        .filter(title -> title.startsWith("Server "))
        .forEach(title -> names.add(title.substring("Server ".length())));
    for (Member member : members) {
      names.add(member.name());
      if (member.stays()) {
        zones.add(Objects.requireNonNullElse(member.child().spec().zone(), ""));
      }
      addresses.add(Objects.requireNonNullElse(member.child().spec().address(), ""));
    }
  }

  /** Zone and address are null where the pool has none. */
  record Place(String server, String zone, String address) {}

  Optional<Place> next() {
    Optional<String> address =
        pool.addresses().stream().filter(one -> !addresses.contains(one)).findFirst();
    if (address.isEmpty() && !pool.addresses().isEmpty()) {
      return Optional.empty();
    }
    String zone =
        pool.zones().stream()
            .min(Comparator.comparingLong(z -> zones.stream().filter(z::equals).count()))
            .orElse(null);
    for (int index = 1; index <= LAST_INDEX; index++) {
      String name = children.serverName(pool.name(), index);
      if (names.add(name)) {
        zones.add(Objects.requireNonNullElse(zone, ""));
        address.ifPresent(addresses::add);
        return Optional.of(new Place(name, zone, address.orElse(null)));
      }
    }
    return Optional.empty();
  }
}
