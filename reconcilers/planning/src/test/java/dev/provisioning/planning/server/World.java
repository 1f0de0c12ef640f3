package dev.provisioning.planning.server;

import dev.provisioning.api.Condition;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.ServerInput.Host;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedProvider;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One Server, a simulated cloud and a clock: passes without Kubernetes. Effects run between passes;
 * their outcomes are in the ledger of the next one.
 */
final class World {
  static final String UID = "0b0e6d7c-1111-4222-8333-444455556666";
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  Instant now = START;
  final SimulatedCloud cloud;
  final SimulatedProvider provider;
  ServerSpec spec = ServerSpecBuilder.builder().workspace("acme").plan("sim-2x4").build();
  ServerStatus status = ServerStatusBuilder.builder().observedGeneration(-1L).build();
  long generation = 1;
  Optional<Instant> deletedAt = Optional.empty();
  final Map<String, String> annotations = new HashMap<>();
  WorkspaceSpec workspaceSpec =
      WorkspaceSpecBuilder.builder()
          .providers(
              List.of(ProviderBuilder.builder().name("sim").type(ProviderType.simulated).build()))
          .defaultProvider("sim")
          .build();
  WorkspaceView.Policy policy = new WorkspaceView.Policy(false, false, false, List.of(), List.of());
  Surroundings surroundings = Surroundings.NONE;
  Host host = Host.UNKNOWN;
  boolean shell;
  String type = "simulated";
  boolean cloudInit;

  /** Capabilities that its provider does not have, by name. */
  final Set<String> lacks = new HashSet<>();

  boolean priced = true;
  boolean watched;

  /** Times what the provider asked for at first. */
  BigDecimal dearer = BigDecimal.ONE;

  Ledger ledger = Ledger.empty();
  Plan<ServerAction> plan = Plan.empty();
  List<Projection.Event> events = List.of();
  boolean gone;
  private final FakeExecutor executor = new FakeExecutor(this);
  private Answer<EffectiveServer> effective;
  private ServerSpec effectiveOf;
  private WorkspaceView effectiveUnder;
  int writes;

  World(SimulatedSettings settings) {
    this.cloud = new SimulatedCloud(() -> now, settings);
    this.provider = new SimulatedProvider(cloud, "operator");
  }

  static World instant() {
    return new World(SimulatedSettings.instant());
  }

  World edit(UnaryOperator<ServerSpec> change) {
    spec = change.apply(spec);
    generation++;
    return this;
  }

  World delete() {
    deletedAt = Optional.of(now);
    generation++;
    return this;
  }

  World pass(Duration after) {
    now = now.plus(after);
    return pass();
  }

  /** Observe, plan, publish; then run the front to its end. */
  World pass() {
    decide();
    act();
    return this;
  }

  /** Observe, plan and publish only. */
  World decide() {
    publish(project());
    return this;
  }

  /** Observe and plan only; nothing is durable yet. */
  Projection<ServerStatus> project() {
    ServerInput input = input();
    plan = new ServerPlanner().plan(input);
    return new ServerProjector().project(input, plan);
  }

  void publish(Projection<ServerStatus> projection) {
    writes += projection.status().equals(status) ? 0 : 1;
    status = projection.status();
    events = projection.events();
    ledger = Ledger.empty();
  }

  void act() {
    Map<String, Ledger.Outcome> outcomes = new HashMap<>();
    for (ServerAction action : plan.front()) {
      outcomes.put(action.key(), executor.outcome(action));
    }
    ledger = new Ledger(Map.of(), outcomes);
  }

  World settle() {
    return passes(40, Duration.ofSeconds(3));
  }

  World passes(int count, Duration apart) {
    for (int i = 0; i < count && !gone; i++) {
      pass(apart);
    }
    return this;
  }

  static Owner owner(int incarnation) {
    return new Owner("operator", "acme", "acme", "web-01", UID, incarnation);
  }

  ServerInput input() {
    return new ServerInput(
        ref(),
        spec,
        status,
        Optional.of(new ServerInput.Version("acme-uid", 1)),
        effective(),
        Answer.of(view()),
        machines(),
        watched,
        host,
        surroundings,
        ledger,
        now);
  }

  /** Merging JSON is the slow part of a pass: once per spec is enough. */
  private Answer<EffectiveServer> effective() {
    if (effective == null || spec != effectiveOf || !workspace().equals(effectiveUnder)) {
      effective = ServerDefaults.effective("web-01", spec, workspace());
      effectiveOf = spec;
      effectiveUnder = workspace();
    }
    return effective;
  }

  WorkspaceView workspace() {
    return new WorkspaceView("acme", workspaceSpec, policy);
  }

  private ServerInput.Provider view() {
    Map<String, Price> prices = new HashMap<>();
    EffectiveServer server = effective().known().orElse(null);
    if (server != null && priced) {
      provider
          .catalog()
          .plans()
          .forEach(
              p ->
                  provider
                      .catalog()
                      .zones()
                      .forEach(
                          z ->
                              provider
                                  .price(z, p, server.storage(), true)
                                  .ifPresent(
                                      price ->
                                          prices.put(p.name() + "/" + z.name(), times(price)))));
    }
    return new ServerInput.Provider("sim", type, shell, capabilities(), provider.catalog(), prices);
  }

  private Price times(Price price) {
    return new Price(
        price.hourly().multiply(dearer),
        price.monthly().multiply(dearer),
        price.currency(),
        price.asOf());
  }

  private Capabilities capabilities() {
    Capabilities all = provider.capabilities();
    return new Capabilities(
        all.createOnce(),
        all.resize(),
        has("power", all.power()),
        has("firewall", all.firewall()),
        has("volumes", all.volumes()),
        has("encryption", all.encryption()),
        all.keepStorage(),
        all.console(),
        has("ipv6", all.ipv6()),
        cloudInit,
        all.architectures(),
        all.settleWindow());
  }

  private boolean has(String capability, boolean usually) {
    return usually && !lacks.contains(capability);
  }

  private Answer<List<Machine>> machines() {
    try {
      List<Machine> found = new ArrayList<>(provider.find(owner(1)));
      Optional<String> recorded =
          Optional.ofNullable(status.machine())
              .map(m -> m.id())
              .or(() -> Optional.ofNullable(spec.adopt()).map(a -> a.id()));
      if (recorded.isPresent()
          && found.stream().noneMatch(m -> m.id().value().equals(recorded.get()))) {
        provider.read(new MachineId(recorded.get())).ifPresent(found::add);
      }
      return Answer.of(found);
    } catch (ProviderException e) {
      return Answer.unknown(e.failure());
    }
  }

  private ResourceRef ref() {
    return new ResourceRef(
        "Server", "acme", "web-01", UID, generation, START, deletedAt, Map.of(), annotations);
  }

  Condition condition(String type) {
    return Conditions.find(status.conditions(), type)
        .orElseThrow(() -> new AssertionError(type + " in " + status.conditions()));
  }
}
