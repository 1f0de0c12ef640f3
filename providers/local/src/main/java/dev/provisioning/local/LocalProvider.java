package dev.provisioning.local;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.UserTags;
import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Console;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Leftover;
import dev.provisioning.spi.model.ListQuery;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Page;
import dev.provisioning.spi.model.Price;
import dev.provisioning.spi.model.Probe;
import dev.provisioning.spi.model.StorageRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Provider type {@code local}: machines as containers of the engine on this computer. A container's
 * name is its create token (P1); its full id is the {@link MachineId}.
 *
 * <p>Limits, told here because no API says them: data volumes are mounted only when a machine is
 * made, and their size is a note, not a quota; an engine in a virtual machine (Docker Desktop,
 * Colima) must route its bridge network to this computer, as OrbStack does; encryption, firewall,
 * IPv6 and console are not offered.
 */
public final class LocalProvider implements MachineProvider, PriceList {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(2);

  /** Systemd stops in about a second; below the 30 s that a verb may take (P11). */
  private static final int STOP_SECONDS = 20;

  /** Creates of one name wait for each other here; names share locks. */
  private static final int LOCKS = 64;

  private final LocalConfig config;
  private final String operatorId;
  private final InstantSource clock;
  private final Connection connection;
  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

  /**
   * @param operatorId uid of the operator's namespace
   * @param environment the process environment, for {@code DOCKER_HOST}, {@code HOME} and {@code
   *     XDG_RUNTIME_DIR}
   */
  public LocalProvider(
      LocalConfig config, String operatorId, Map<String, String> environment, InstantSource clock) {
    this.config = config;
    this.operatorId = operatorId;
    this.clock = clock;
    this.connection = new Connection(new EngineDiscovery(config.endpoint(), environment), clock);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        true,
        ResizeMode.LIVE,
        true,
        false,
        true,
        false,
        true,
        false,
        false,
        true,
        Set.of(connection.architecture()),
        SETTLE);
  }

  @Override
  public Probe probe() {
    try {
      Engine found = connection.engine();
      EngineFailures.read("reaching the container engine", () -> found.client().pingCmd().exec());
      return Probe.ok(found.description());
    } catch (ProviderException e) {
      return Probe.failed(e.failure());
    }
  }

  @Override
  public Catalog catalog() {
    Engine found = connection.engine();
    String architecture = found.architecture();
    return new Catalog(
        List.of(new Catalog.Zone(Containers.ZONE)),
        Size.usual(found.cores()).map(size -> size.plan(architecture, Containers.ZONE)).toList(),
        config.images().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(image -> new Catalog.Image(image.getKey(), image.getValue(), architecture))
            .toList());
  }

  /** Zero, and known to be: the computer is paid for. */
  @Override
  public Optional<Price> price(
      Catalog.Zone zone, Catalog.Plan plan, StorageRequest storage, boolean publicIpv4) {
    return Optional.of(new Price(BigDecimal.ZERO, BigDecimal.ZERO, "EUR", clock.instant()));
  }

  /** One page always: an engine holds tens of machines. */
  @Override
  public Page list(ListQuery query) {
    List<Machine> ours =
        containers().withOwner(Labels.OPERATOR, operatorId, o -> o.operatorId().equals(operatorId));
    return Page.whole(ours, query);
  }

  @Override
  public List<Machine> find(Owner owner) {
    return containers().withOwner(Labels.UID, owner.uid(), o -> o.uid().equals(owner.uid()));
  }

  @Override
  public Optional<Machine> read(MachineId id) {
    return containers().read(id.value());
  }

  @Override
  public Optional<Console> console(MachineId id) {
    return Optional.empty();
  }

  @Override
  public List<Leftover> leftovers() {
    Stream<Leftover> machines =
        list(new ListQuery.All(Optional.empty())).machines().stream()
            .map(m -> new Leftover("Machine", m.id().value(), m.owner().orElseThrow().uid()));
    Stream<Leftover> volumes =
        containers().records().volumes(Labels.OPERATOR + "=" + operatorId).stream()
            .filter(volume -> volume.getLabels().containsKey(Labels.VOLUME_KIND))
            .map(v -> new Leftover("Volume", v.getName(), v.getLabels().get(Labels.UID)));
    return Stream.concat(machines, volumes).toList();
  }

  /** Completes a half-made machine: the seed is put and the start asked until it ran once. */
  @Override
  public Accepted create(MachineRequest request) {
    MachineChanges.requireFits(connection.engine(), request.plan());
    UserTags.require(request.tags());
    Lock lock = locks[Math.floorMod(request.name().hashCode(), locks.length)];
    lock.lock();
    try {
      MachineMaker maker = new MachineMaker(containers(), connection::grants, config.profile());
      return new Accepted(maker.make(request), POLL);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Accepted claim(MachineId id, Owner owner) {
    MachineRecords.Snapshot seen = containers().records().read();
    Machine machine = containers().read(id.value(), seen).orElseThrow(() -> absent(id));
    if (machine.owner().isEmpty()) {
      Map<String, String> standing =
          containers().records().write(seen, id.value(), MachineRecords.OWNER, owner.tags());
      requireOwner(id, Owner.fromTags(standing), owner);
    } else {
      requireOwner(id, machine.owner(), owner);
    }
    return new Accepted(id, POLL);
  }

  @Override
  public Accepted change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    Machine machine = present(id);
    requireOwner(id, machine.owner(), owner);
    new MachineChanges(connection.engine(), containers().records(), STOP_SECONDS)
        .apply(machine, change);
    return new Accepted(id, POLL);
  }

  @Override
  public Accepted delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    Optional<Machine> machine = read(id);
    machine.ifPresent(present -> requireOwner(id, present.owner(), owner));
    new MachineRemoval(containers()).remove(id, owner, machine, keepStorage);
    return new Accepted(id, POLL);
  }

  @Override
  public Accepted release(MachineId id, Owner owner) {
    MachineRecords.Snapshot seen = containers().records().read();
    Optional<Machine> machine = containers().read(id.value(), seen);
    if (machine.isPresent() && machine.get().owner().isPresent()) {
      requireOwner(id, machine.get().owner(), owner);
      containers().records().write(seen, id.value(), MachineRecords.OWNER, Map.of());
    }
    return new Accepted(id, POLL);
  }

  private Machine present(MachineId id) {
    return read(id).orElseThrow(() -> absent(id));
  }

  private static ProviderException absent(MachineId id) {
    return new ProviderException(
        new Failure.Conflict("MachineNotFound", "there is no container " + id));
  }

  private static void requireOwner(MachineId id, Optional<Owner> actual, Owner claimed) {
    if (actual.filter(claimed::sameIncarnation).isEmpty()) {
      String who =
          actual.map(o -> "Server %s/%s".formatted(o.namespace(), o.server())).orElse("no Server");
      throw new ProviderException(
          new Failure.Conflict("OwnedByAnother", "container %s belongs to %s".formatted(id, who)));
    }
  }

  private Containers containers() {
    return new Containers(connection.engine(), clock);
  }

  @Override
  public void close() {
    connection.close();
  }
}
