package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A namespace with machines in memory, driven by passes as the engine drives them: observe, plan,
 * publish, and only then act. Its chronicle is what people would see.
 */
final class Scene {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PASSES = 400;

  final Map<String, TaskServDefinitionSpec> definitions = new TreeMap<>();
  final Map<String, ServerFacts> servers = new TreeMap<>();
  final Map<String, FakeMachine> machines = new TreeMap<>();
  final Map<String, Thing> things = new TreeMap<>();
  final Map<SecretKey, String> secrets = new HashMap<>();
  final Map<String, String> announced = new HashMap<>();
  private final Map<String, TaskServDefinitionSpec> revisions = new HashMap<>();
  final Chronicle chronicle = new Chronicle(START);
  WorkspaceView workspace = workspace("{}", false);
  Instant now = START;
  int writes;

  /** A TaskServ in the API server, and what a process knows of it. */
  static final class Thing {
    ResourceRef ref;
    TaskServSpec spec;
    Optional<TaskServStatus> status = Optional.empty();
    Map<String, Ledger.Outcome> finished = new HashMap<>();
    Plan<TaskServAction> plan = Plan.empty();
    boolean released;
  }

  static WorkspaceView workspace(String yaml, boolean requireApproval) {
    WorkspaceSpec spec = Definitions.read(yaml, WorkspaceSpec.class);
    return new WorkspaceView(
        "acme",
        spec,
        new WorkspaceView.Policy(
            requireApproval,
            false,
            spec.policy() == null ? List.of() : spec.policy().maintenanceWindows()),
        new Pace(
            spec.limits() == null ? 10 : spec.limits().concurrentOperations(),
            Duration.ofMinutes(10)));
  }

  Scene define(String name) {
    definitions.put(name, Definitions.named(name));
    return this;
  }

  Scene define(String name, String yaml) {
    definitions.put(name, Definitions.definition(yaml));
    return this;
  }

  Scene server(String name) {
    int number = servers.size() + 1;
    servers.put(
        name,
        new ServerFacts(
            name,
            "uid-" + name,
            1,
            "acme",
            name,
            Map.of(),
            List.of(new Address(Address.Type.PRIVATE_IPV4, "10.0.0." + number)),
            Optional.of(
                new MachineFacts(
                    "debian", "12", "amd64", "6.1", 2, 2048, 20, true, "m" + number, "b" + number)),
            Optional.empty(),
            false,
            false));
    machines.put(name, new FakeMachine());
    return this;
  }

  Thing apply(String name, String yaml) {
    Thing thing = things.computeIfAbsent(name, n -> new Thing());
    long generation = thing.ref == null ? 1 : thing.ref.generation() + 1;
    Map<String, String> annotations = thing.ref == null ? Map.of() : thing.ref.annotations();
    thing.ref = ref(name, generation, Optional.empty(), annotations);
    thing.spec = Definitions.taskServ(yaml);
    return thing;
  }

  void delete(String name) {
    Thing thing = things.get(name);
    thing.ref = ref(name, thing.ref.generation() + 1, Optional.of(now), thing.ref.annotations());
  }

  void annotate(String name, String key, String value) {
    Thing thing = things.get(name);
    Map<String, String> all = new TreeMap<>(thing.ref.annotations());
    all.put(key, value);
    thing.ref = ref(name, thing.ref.generation(), thing.ref.deletionTimestamp(), all);
  }

  /**
   * What {@code kubectl apply} of a spec that the operator made comes to; one that is there stays.
   */
  void make(String name, TaskServSpec spec) {
    if (!things.containsKey(name)) {
      Thing made = new Thing();
      made.ref = ref(name, 1, Optional.empty(), Map.of());
      made.spec = spec;
      things.put(name, made);
    }
  }

  private static ResourceRef ref(
      String name, long generation, Optional<Instant> deleted, Map<String, String> annotations) {
    return new ResourceRef(
        "TaskServ",
        "acme",
        name,
        "uid-ts-" + name,
        generation,
        START,
        deleted,
        Map.of(),
        annotations);
  }

  TaskServStatus status(String name) {
    return things.get(name).status.orElseThrow();
  }

  MemberStatus member(String name, String server) {
    return status(name).servers().stream()
        .filter(m -> m.name().equals(server))
        .findFirst()
        .orElseThrow();
  }

  Condition condition(String name, String type) {
    return Conditions.find(status(name).conditions(), type).orElseThrow();
  }

  /** The process is gone and with it what it knew; machines and statuses stay. */
  void crash() {
    things.values().forEach(thing -> thing.finished = new HashMap<>());
  }

  /** Passes until nothing changes any more; time goes on while somebody waits for it. */
  Scene settle() {
    return settle(Duration.ofHours(2));
  }

  Scene settle(Duration atMost) {
    Instant end = now.plus(atMost);
    for (int i = 0; i < PASSES; i++) {
      boolean changed = false;
      for (String name : List.copyOf(things.keySet())) {
        changed |= pass(name);
      }
      if (changed) {
        continue;
      }
      Optional<Duration> wait =
          things.values().stream()
              .flatMap(thing -> thing.plan.recheckAfter().stream())
              .min(Duration::compareTo);
      if (wait.isEmpty() || now.plus(wait.get()).isAfter(end)) {
        return this;
      }
      now = now.plus(wait.get());
    }
    throw new AssertionError("does not settle: " + chronicle);
  }

  TaskServInput input(String name) {
    Thing thing = things.get(name);
    TaskServInput base = input(thing, Map.of(), Map.of());
    TaskServNeeds needs = new TaskServPlanner().needs(base);
    Map<String, MemberFacts> facts = new HashMap<>();
    needs.members().forEach((server, need) -> facts.put(server, facts(name, server, need)));
    Map<SecretKey, String> known = new HashMap<>();
    needs.secrets().stream()
        .filter(secrets::containsKey)
        .forEach(key -> known.put(key, secrets.get(key)));
    return input(thing, facts, known);
  }

  /** As the shell keeps what definitions in use were. */
  private Optional<TaskServDefinitionSpec> earlier(Thing thing) {
    definitions.values().forEach(each -> revisions.put(Versions.hash(each), each));
    return thing
        .status
        .map(TaskServStatus::lastGood)
        .map(good -> revisions.get(good.definitionHash()));
  }

  private TaskServInput input(
      Thing thing, Map<String, MemberFacts> facts, Map<SecretKey, String> known) {
    List<OtherTaskServ> others =
        things.values().stream()
            .filter(other -> other != thing)
            .map(other -> new OtherTaskServ(other.ref, other.spec, other.status))
            .toList();
    World world =
        new World(
            Optional.of(workspace),
            Optional.empty(),
            new Catalogue(definitions, announced, earlier(thing)),
            others,
            List.copyOf(servers.values()),
            known);
    return new TaskServInput(
        thing.ref,
        thing.spec,
        thing.status,
        world,
        facts,
        new Ledger(Map.of(), thing.finished),
        now);
  }

  private MemberFacts facts(String name, String server, TaskServNeeds.Member need) {
    FakeMachine machine = machines.get(server);
    if (machine == null) {
      return MemberFacts.unknown();
    }
    return new MemberFacts(
        need.applied() ? new Reading.Known<>(machine.applied(name)) : new Reading.Pending<>(),
        need.drift().isPresent()
            ? new Reading.Known<>(List.copyOf(machine.drift))
            : new Reading.Pending<>(),
        machine.health(name, need.checks()));
  }

  /** True when the status changed or something was started. */
  boolean pass(String name) {
    Thing thing = things.get(name);
    if (thing.released) {
      things.remove(name);
      chronicle.say(now, name, "gone");
      return true;
    }
    TaskServInput input = input(name);
    thing.plan = new TaskServPlanner().plan(input);
    Projection<TaskServStatus> projection = new TaskServProjector().project(input, thing.plan);
    boolean changed = !Objects.equals(thing.status.orElse(null), projection.status());
    chronicle.tell(now, name, thing.status, projection);
    thing.status = Optional.of(projection.status());
    writes += changed ? 1 : 0;
    thing.finished = new HashMap<>();
    thing.plan.front().forEach(action -> act(thing, action));
    return changed || !thing.plan.front().isEmpty();
  }

  private void act(Thing thing, TaskServAction action) {
    chronicle.say(now, thing.ref.name(), "> " + action.description());
    Object result = new FakeExecutor(this).carryOut(thing, action);
    thing.finished.put(
        action.key(),
        result instanceof Failure failure
            ? new Ledger.Failed(now, failure)
            : new Ledger.Succeeded(now, Optional.of(result)));
  }
}
