package dev.provisioning.planning.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Named nodes and what each needs, without a cycle. Equal input gives equal answers: ties are
 * decided by name.
 */
public final class Dag {
  private final Map<String, Set<String>> needs;
  private final Map<String, Set<String>> neededBy;
  private final List<String> order;
  private final Map<String, Integer> chain;

  /** Both maps are sorted by name, keys and values. */
  private Dag(Map<String, Set<String>> needs, Map<String, Set<String>> neededBy) {
    this.needs = needs;
    this.neededBy = neededBy;
    this.order = sorted(needs, neededBy);
    this.chain = chains();
  }

  /**
   * Needs among {@code needs}' keys; a need that is no key is ignored here: whether it may be
   * missing is the caller's business.
   *
   * @throws CycleFound when no order exists
   */
  public static Dag of(Map<String, ? extends Collection<String>> needs) {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    needs.keySet().stream().sorted().forEach(node -> known.put(node, new LinkedHashSet<>()));
    needs.forEach(
        (node, wanted) ->
            wanted.stream().filter(known::containsKey).sorted().forEach(known.get(node)::add));
    return new Dag(known, reversed(known));
  }

  /** There is no order, because each of these needs the next and the last needs the first. */
  public static final class CycleFound extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> members;

    private CycleFound(List<String> members) {
      super(String.join(" -> ", members) + " -> " + members.getFirst());
      this.members = new ArrayList<>(members);
    }

    /** In order, from the smallest name on. */
    public List<String> members() {
      return Collections.unmodifiableList(members);
    }
  }

  public Set<String> nodes() {
    return Collections.unmodifiableSet(needs.keySet());
  }

  /** What {@code node} needs directly. */
  public Set<String> needs(String node) {
    return Collections.unmodifiableSet(needs.getOrDefault(node, Set.of()));
  }

  /** What needs {@code node} directly. */
  public Set<String> neededBy(String node) {
    return Collections.unmodifiableSet(neededBy.getOrDefault(node, Set.of()));
  }

  /** Every node after all that it needs. */
  public List<String> order() {
    return order;
  }

  /** The same nodes the other way round: what is to be undone last comes last. */
  public Dag reverse() {
    return new Dag(neededBy, needs);
  }

  /** How many nodes the longest chain of dependants from {@code node} on has, itself included. */
  public int remainingChain(String node) {
    return chain.getOrDefault(node, 0);
  }

  /** Neither done nor started, all needs done; the longest remaining chain first. */
  public List<String> ready(Set<String> done, Set<String> started) {
    return order.stream()
        .filter(node -> !done.contains(node) && !started.contains(node))
        .filter(node -> done.containsAll(needs.get(node)))
        .sorted(Comparator.comparingInt((String n) -> -chain.get(n)).thenComparing(n -> n))
        .toList();
  }

  /** {@code nodes} and everything that needs them, directly or not. */
  public Set<String> withDependants(Collection<String> nodes) {
    return closure(nodes, neededBy);
  }

  /** {@code nodes} and everything that they need, directly or not. */
  public Set<String> withNeeds(Collection<String> nodes) {
    return closure(nodes, needs);
  }

  private static Set<String> closure(Collection<String> nodes, Map<String, Set<String>> edges) {
    Set<String> seen = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(nodes);
    while (!open.isEmpty()) {
      String node = open.removeLast();
      if (edges.containsKey(node) && seen.add(node)) {
        open.addAll(edges.get(node));
      }
    }
    return seen;
  }

  private static Map<String, Set<String>> reversed(Map<String, Set<String>> edges) {
    Map<String, Set<String>> result = new LinkedHashMap<>();
    edges.keySet().forEach(node -> result.put(node, new LinkedHashSet<>()));
    edges.forEach((node, to) -> to.forEach(target -> result.get(target).add(node)));
    return result;
  }

  private Map<String, Integer> chains() {
    Map<String, Integer> lengths = new HashMap<>();
    for (String node : order.reversed()) {
      int longest = neededBy.get(node).stream().mapToInt(lengths::get).max().orElse(0);
      lengths.put(node, longest + 1);
    }
    return lengths;
  }

  private static List<String> sorted(
      Map<String, Set<String>> needs, Map<String, Set<String>> neededBy) {
    Map<String, Integer> open = new HashMap<>();
    needs.forEach((node, wanted) -> open.put(node, wanted.size()));
    PriorityQueue<String> ready = new PriorityQueue<>();
    open.forEach((node, count) -> addIfFree(node, count, ready));
    List<String> order = new ArrayList<>(needs.size());
    while (!ready.isEmpty()) {
      String node = ready.remove();
      order.add(node);
      for (String dependant : neededBy.get(node)) {
        addIfFree(dependant, open.merge(dependant, -1, Integer::sum), ready);
      }
    }
    if (order.size() < needs.size()) {
      throw new CycleFound(cycle(needs, new HashSet<>(order)));
    }
    return List.copyOf(order);
  }

  private static void addIfFree(String node, int open, PriorityQueue<String> ready) {
    if (open == 0) {
      ready.add(node);
    }
  }

  /**
   * Every node outside {@code free} leads into a cycle: follow the first need until one repeats.
   */
  private static List<String> cycle(Map<String, Set<String>> needs, Set<String> free) {
    LinkedHashSet<String> path = new LinkedHashSet<>();
    String node = needs.keySet().stream().filter(n -> !free.contains(n)).findFirst().orElseThrow();
    while (path.add(node)) {
      node = needs.get(node).stream().filter(n -> !free.contains(n)).findFirst().orElseThrow();
    }
    List<String> walk = new ArrayList<>(path);
    List<String> cycle = new ArrayList<>(walk.subList(walk.indexOf(node), walk.size()));
    Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
    return cycle;
  }
}
