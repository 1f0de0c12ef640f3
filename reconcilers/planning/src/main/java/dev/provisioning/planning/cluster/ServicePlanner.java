package dev.provisioning.planning.cluster;

import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.cluster.ClusterAction.CreateServer;
import dev.provisioning.planning.cluster.ClusterAction.CreateTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.DeleteTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.UpdateTaskServ;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.planning.cluster.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides about the services, in the order of the graph: each begins when what it needs is there.
 * From a machine that leaves they go the other way round, dependants first.
 */
final class ServicePlanner {
  private final Assessment assessment;
  private final Children target;
  private final ClusterWorld world;
  private final List<Member> members;
  private final List<CreateServer> births;
  private final ServiceOrder order;
  private final HostWork hosts;
  private final List<ClusterAction> actions = new ArrayList<>();
  private final Set<ClusterAction> may = new HashSet<>();

  /** {@code members} with what leaves; {@code births}: machines that are to come. */
  ServicePlanner(Assessment assessment, List<Member> members, List<CreateServer> births) {
    this.assessment = assessment;
    this.target = assessment.target();
    this.world = assessment.input().world();
    this.members = members;
    this.births = births;
    this.order = new ServiceOrder(assessment, members);
    this.hosts = new HostWork(world.services());
  }

  record Decision(List<ClusterAction> actions, Set<ClusterAction> may) {}

  Decision decide() {
    for (String node : target.topology().graph().order()) {
      if (node.startsWith(Topology.COMPONENT)) {
        target
            .topology()
            .component(node.substring(Topology.COMPONENT.length()))
            .ifPresent(this::decide);
      }
    }
    removals();
    return new Decision(actions, may);
  }

  private void decide(Component component) {
    Optional<TaskServChild> child = world.taskServ(target.taskServName(component.name()));
    if (child.isPresent()) {
      if (!child.get().ref().deleting()) {
        change(component, child.get());
      }
      return;
    }
    List<String> on = new ArrayList<>(on(component, m -> true));
    births.stream()
        .filter(birth -> component.nodePools().contains(birth.pool()))
        .forEach(birth -> on.add(birth.server()));
    if (!on.isEmpty()) {
      create(component, on.stream().sorted().toList());
    }
  }

  private void create(Component component, List<String> on) {
    TaskServSpec spec = target.taskServ(component, on);
    CreateTaskServ create =
        new CreateTaskServ(
            target.taskServName(component.name()),
            component.name(),
            spec,
            target.labels(component),
            "create TaskServ %s (%s%s) on %s"
                .formatted(
                    target.taskServName(component.name()),
                    component.definition(),
                    component.version() == null ? "" : " " + component.version(),
                    Sentences.names(on)));
    actions.add(create);
    actions.addAll(hosts.install(create.taskServ(), spec));
    if (machinesReady(component) && order.needsDone(component)) {
      may.add(create);
    }
  }

  private boolean machinesReady(Component component) {
    return members.stream()
            .filter(m -> m.stays() && component.nodePools().contains(m.child().pool()))
            .allMatch(m -> m.child().ready())
        && births.stream().noneMatch(b -> component.nodePools().contains(b.pool()));
  }

  private void change(Component component, TaskServChild child) {
    List<String> on = stayOn(component, child);
    if (on.isEmpty()) {
      if (!coming(component)) {
        remove(child, Cause.REMOVED);
      }
      return;
    }
    TaskServSpec wish =
        target.taskServ(component, on).withDeletionProtection(child.spec().deletionProtection());
    if (Specs.same(wish, child.spec())) {
      return;
    }
    boolean sameService = Specs.sameBesideServers(wish, child.spec());
    boolean gate = sameService || assessment.gateOpen() || !child.ready();
    boolean all = assessment.course().rollsBack() || gate && order.needsDone(component);
    Optional<UpdateTaskServ> less = all ? Optional.empty() : lessMachines(component, child, on);
    UpdateTaskServ chosen = less.orElseGet(() -> update(component, child, wish));
    actions.add(chosen);
    actions.addAll(hosts.change(child.name(), child.spec(), chosen.spec(), order.broken()));
    if (all || less.isPresent()) {
      may.add(chosen);
    }
  }

  /** Its machines, sorted: those that are there for it, and those that it may not leave yet. */
  private List<String> stayOn(Component component, TaskServChild child) {
    Set<String> on = new TreeSet<>(on(component, m -> m.child().ready() || child.names(m.name())));
    members.stream()
        .filter(m -> !m.stays() && child.names(m.name()) && order.neededOn(m, component))
        .forEach(m -> on.add(m.name()));
    return List.copyOf(on);
  }

  /** A machine for it is there, or to come. */
  private boolean coming(Component component) {
    return Stream.concat(
            members.stream().filter(Member::stays).map(m -> m.child().pool()),
            births.stream().map(CreateServer::pool))
        .anyMatch(component.nodePools()::contains);
  }

  /** Leaving machines wait for nothing but the order among services. */
  private Optional<UpdateTaskServ> lessMachines(
      Component component, TaskServChild child, List<String> on) {
    List<String> names = child.servers();
    List<String> left = names.stream().filter(on::contains).toList();
    return left.isEmpty() || left.equals(names)
        ? Optional.empty()
        : Optional.of(update(component, child, child.spec().withServers(new Targets(left, null))));
  }

  private static UpdateTaskServ update(
      Component component, TaskServChild child, TaskServSpec wish) {
    return new UpdateTaskServ(
        child.name(),
        component.name(),
        wish,
        "change TaskServ %s: %s".formatted(child.name(), Specs.differences(child.spec(), wish)));
  }

  private List<String> on(Component component, Predicate<Member> counts) {
    return members.stream()
        .filter(m -> m.stays() && component.nodePools().contains(m.child().pool()))
        .filter(counts)
        .map(Member::name)
        .sorted()
        .toList();
  }

  /** Services that nobody wants any more, dependants first. */
  private void removals() {
    for (TaskServChild child : world.taskServs()) {
      if (target.topology().component(child.component()).isEmpty() && !child.ref().deleting()) {
        remove(child, Cause.REMOVED);
      }
    }
  }

  private void remove(TaskServChild child, Cause cause) {
    DeleteTaskServ delete = delete(assessment.input(), child, cause);
    actions.add(delete);
    actions.addAll(
        hosts.uninstall(
            child.name(), child.spec().withDataPolicy(assessment.input().spec().dataPolicy())));
    if (!order.needed(child)) {
      may.add(delete);
    }
  }

  static DeleteTaskServ delete(ClusterInput input, TaskServChild child, Cause cause) {
    boolean data = input.spec().dataPolicy() == DataPolicy.Delete;
    return new DeleteTaskServ(
        child.name(),
        child.component(),
        child.ref().uid(),
        cause,
        data,
        "delete TaskServ %s%s, since %s"
            .formatted(child.name(), data ? " and its data" : "; its data stays", cause.clause()));
  }
}
