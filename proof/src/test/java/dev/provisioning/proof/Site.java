package dev.provisioning.proof;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.MemberFacts;
import dev.provisioning.planning.taskserv.OtherTaskServ;
import dev.provisioning.planning.taskserv.Pace;
import dev.provisioning.planning.taskserv.SecretKey;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.planning.taskserv.TaskServNeeds;
import dev.provisioning.planning.taskserv.TaskServPlanner;
import dev.provisioning.planning.taskserv.TaskServProjector;
import dev.provisioning.planning.taskserv.WorkspaceView;
import dev.provisioning.planning.taskserv.World;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A namespace without an API server: the real planner and projector over TaskServs kept here, and
 * machines behind {@link Hosts}. Passes go on as the engine's do: observe, plan, publish, act.
 */
final class Site {
  /** What the planner wants of machines, and does to them. */
  interface Hosts {
    MemberFacts facts(String taskServ, ServerFacts server, TaskServNeeds.Member need);

    Ledger.Outcome run(TaskServAction action, Map<SecretKey, String> secrets);
  }

  /** A TaskServ, and what this process knows of it. */
  static final class Service {
    ResourceRef ref;
    TaskServSpec spec;
    Optional<TaskServStatus> status = Optional.empty();
    Plan<TaskServAction> plan = Plan.empty();
    boolean released;
    private Ledger ledger = Ledger.empty();
  }

  private static final String NAMESPACE = "proof";
  private final WorkspaceView workspace =
      new WorkspaceView(
          NAMESPACE,
          Catalogue.yaml("{}", WorkspaceSpec.class),
          new WorkspaceView.Policy(false, false, List.of()),
          new Pace(10, Duration.ofMinutes(10)));
  private final Map<String, TaskServDefinitionSpec> definitions =
      new TreeMap<>(Catalogue.definitions());
  private final Map<String, Service> services = new TreeMap<>();
  private final Map<SecretKey, String> secrets = new HashMap<>();
  private final Hosts hosts;
  private List<ServerFacts> servers = List.of();

  Site(Hosts hosts) {
    this.hosts = hosts;
  }

  Site servers(List<ServerFacts> all) {
    servers = List.copyOf(all);
    return this;
  }

  /** Another definition than the shipped one. */
  void define(String name, TaskServDefinitionSpec definition) {
    definitions.put(name, definition);
  }

  Service apply(String name, String spec) {
    Service service = services.computeIfAbsent(name, n -> new Service());
    long generation = service.ref == null ? 1 : service.ref.generation() + 1;
    String uid = service.ref == null ? UUID.randomUUID().toString() : service.ref.uid();
    service.ref = ref(name, uid, generation, Optional.empty());
    service.spec = Catalogue.yaml(spec, TaskServSpec.class);
    return service;
  }

  void delete(String name) {
    Service service = services.get(name);
    ResourceRef old = service.ref;
    service.ref = ref(name, old.uid(), old.generation() + 1, Optional.of(Instant.now()));
  }

  /** The value of a secret that was made, by the end of its key. */
  Optional<String> secret(String taskServ, String key) {
    return secrets.entrySet().stream()
        .filter(e -> e.getKey().secret().startsWith(taskServ + "-"))
        .filter(e -> e.getKey().key().equals(key))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** One pass; true when something was started. */
  boolean pass(String name) {
    Service service = services.get(name);
    TaskServInput input = input(name, service);
    service.plan = new TaskServPlanner().plan(input);
    service.status = Optional.of(new TaskServProjector().project(input, service.plan).status());
    service.ledger = Ledger.empty();
    Map<String, Ledger.Outcome> outcomes = new HashMap<>();
    service.plan.front().forEach(action -> outcomes.put(action.key(), act(service, action)));
    service.ledger = new Ledger(Map.of(), outcomes);
    if (service.released) {
      services.remove(name);
      secrets.keySet().removeIf(key -> key.secret().startsWith(name + "-"));
    }
    return !outcomes.isEmpty();
  }

  boolean exists(String name) {
    return services.containsKey(name);
  }

  /** What a person would be told now. */
  String story(String name) {
    return ready(name).map(c -> c.reason() + ": " + c.message()).orElse("nothing yet");
  }

  Optional<Condition> ready(String name) {
    return services.get(name).status.stream()
        .flatMap(status -> status.conditions().stream())
        .filter(condition -> condition.type().equals("Ready"))
        .findFirst();
  }

  private Ledger.Outcome act(Service service, TaskServAction action) {
    return switch (action) {
      case GenerateSecrets made -> {
        made.keys()
            .forEach(
                key ->
                    secrets.putIfAbsent(
                        new SecretKey(made.secret(), key), UUID.randomUUID().toString()));
        yield new Ledger.Succeeded(Instant.now(), Optional.empty());
      }
      case TaskServAction.Release release -> {
        service.released = true;
        yield new Ledger.Succeeded(Instant.now(), Optional.empty());
      }
      default -> kept(service, hosts.run(action, secrets));
    };
  }

  /** Secret values that a machine made go where all secrets are. */
  private Ledger.Outcome kept(Service service, Ledger.Outcome outcome) {
    if (outcome instanceof Ledger.Succeeded done
        && done.result().orElse(null) instanceof OperationReport report) {
      String definition = Optional.ofNullable(service.spec.definition()).orElse(service.ref.name());
      for (ExportSpec export : definitions.get(definition).exports()) {
        SecretValue value = report.exports().get(export.name());
        if (value != null && Boolean.TRUE.equals(export.secret())) {
          String secret = service.ref.name() + "-exports";
          secrets.put(new SecretKey(secret, export.name()), value.reveal());
        }
      }
    }
    return outcome;
  }

  private TaskServInput input(String name, Service service) {
    TaskServInput base = input(name, service, Map.of());
    TaskServNeeds needs = new TaskServPlanner().needs(base);
    Map<String, MemberFacts> facts = new HashMap<>();
    for (ServerFacts server : servers) {
      TaskServNeeds.Member need = needs.members().get(server.name());
      if (need != null) {
        facts.put(server.name(), hosts.facts(name, server, need));
      }
    }
    return input(name, service, facts);
  }

  private TaskServInput input(String name, Service service, Map<String, MemberFacts> facts) {
    List<OtherTaskServ> others =
        services.entrySet().stream()
            .filter(other -> !other.getKey().equals(name))
            .map(Map.Entry::getValue)
            .map(other -> new OtherTaskServ(other.ref, other.spec, other.status))
            .toList();
    Map<SecretKey, String> fingerprints = new HashMap<>();
    secrets.forEach((key, value) -> fingerprints.put(key, Integer.toHexString(value.hashCode())));
    World world =
        new World(
            Optional.of(workspace),
            Optional.empty(),
            dev.provisioning.planning.taskserv.Catalogue.of(definitions),
            others,
            servers,
            fingerprints);
    return new TaskServInput(
        service.ref, service.spec, service.status, world, facts, service.ledger, Instant.now());
  }

  private static ResourceRef ref(
      String name, String uid, long generation, Optional<Instant> deleted) {
    Instant created = Instant.now().minus(Duration.ofMinutes(1));
    return new ResourceRef(
        "TaskServ", NAMESPACE, name, uid, generation, created, deleted, Map.of(), Map.of());
  }
}
