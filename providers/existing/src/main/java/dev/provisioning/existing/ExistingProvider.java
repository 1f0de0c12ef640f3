package dev.provisioning.existing;

import dev.provisioning.spi.Effect;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
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
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.StorageRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Provider type {@code existing}: {@code create} claims the machine at {@code spec.address}. An id
 * is {@code <machine-id>@<host>:<port>}; for {@code spec.adopt.id} the machine-id alone is enough.
 *
 * <p>One owner per machine stands in a file on the machine, so operators of different clusters
 * respect each other too. {@code delete} is {@code release}: the machine is never powered off,
 * rebooted or wiped. Login keys are the user's and stay; this provider installs none.
 *
 * <p>A machine that does not answer is {@code Unknown}, never absent: {@code read} never returns
 * empty for an id of this provider, and {@code find} fails rather than finds nothing.
 */
public final class ExistingProvider implements MachineProvider, PriceList {
  /** Plan and image of every machine here, for it is what it is; its zone is its address. */
  public static final String ANY = "existing";

  private static final Duration POLL = Duration.ZERO;

  /** Reasons that say nothing about the machine but that it does not answer. */
  private static final Set<String> SILENT =
      Set.of("HostUnreachable", "ConnectionLost", "CircuitOpen", "CommandTimeout");

  private final Hosts hosts;
  private final TargetResolver targets;
  private final String operatorId;
  private final InstantSource clock;
  private final MachineViews views;

  public ExistingProvider(
      RemoteShell shell, TargetResolver targets, String operatorId, InstantSource clock) {
    this.hosts = new Hosts(shell);
    this.targets = targets;
    this.operatorId = operatorId;
    this.clock = clock;
    this.views = new MachineViews(clock);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        true,
        ResizeMode.NONE,
        false,
        false,
        false,
        false,
        false,
        false,
        false,
        false,
        Set.of("amd64", "arm64"),
        Duration.ZERO);
  }

  /** There is no account that could be wrong; each Server's own machine is probed by its reads. */
  @Override
  public Probe probe() {
    return Probe.ok("machines are reached over SSH, each with the key of its Server");
  }

  @Override
  public Catalog catalog() {
    return new Catalog(
        List.of(new Catalog.Zone(ANY)),
        List.of(
            new Catalog.Plan(ANY, 0, 0, "amd64", false, Set.of(ANY)),
            new Catalog.Plan(ANY, 0, 0, "arm64", false, Set.of(ANY))),
        List.of());
  }

  /** Unknown: whoever owns the machine pays for it elsewhere. */
  @Override
  public Optional<Price> price(
      Catalog.Zone zone, Catalog.Plan plan, StorageRequest storage, boolean publicIpv4) {
    return Optional.empty();
  }

  /** Those that answer; a silent machine is missing here and {@code Unknown} to a read. */
  @Override
  public Page list(ListQuery query) {
    List<Machine> machines =
        answering().stream()
            .filter(m -> m.owner().filter(o -> o.operatorId().equals(operatorId)).isPresent())
            .toList();
    return switch (query) {
      case ListQuery.All all -> new Page(machines, Optional.empty());
      case ListQuery.Hot hot ->
          new Page(
              machines.stream()
                  .filter(m -> hot.uids().contains(m.owner().orElseThrow().uid()))
                  .toList(),
              Optional.empty());
    };
  }

  /** All at once: one machine that hangs must not delay the others. */
  private List<Machine> answering() {
    List<Machine> machines = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Machine>> reads = new ArrayList<>();
      for (ShellTarget target : targets.all()) {
        reads.add(threads.submit(() -> views.machine(target, hosts.read(target))));
      }
      for (Future<Machine> read : reads) {
        answer(read).ifPresent(machines::add);
      }
    }
    return machines;
  }

  private static Optional<Machine> answer(Future<Machine> read) {
    try {
      return Optional.of(read.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProviderException) {
        return Optional.empty();
      }
      throw new IllegalStateException("reading a machine failed unforeseen", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(
          new Failure.Transient("Interrupted", "the list was interrupted", POLL), e);
    }
  }

  @Override
  public List<Machine> find(Owner owner) {
    return targets
        .of(owner)
        .map(target -> views.machine(target, hosts.read(target)))
        .filter(machine -> machine.owner().filter(o -> o.uid().equals(owner.uid())).isPresent())
        .stream()
        .toList();
  }

  @Override
  public Optional<Machine> read(MachineId id) {
    ExistingId existing = require(id);
    Optional<ShellTarget> target = targets.at(existing.host(), existing.port());
    if (target.isEmpty()) {
      return Optional.of(views.silent(existing, "AddressUnknown"));
    }
    try {
      return Optional.of(views.machine(target.get(), same(existing, target.get())));
    } catch (ProviderException e) {
      if (SILENT.contains(e.failure().reason())) {
        return Optional.of(views.silent(existing, e.failure().reason()));
      }
      throw e;
    }
  }

  @Override
  public Optional<Console> console(MachineId id) {
    return Optional.empty();
  }

  @Override
  public List<Leftover> leftovers() {
    return list(new ListQuery.All(Optional.empty())).machines().stream()
        .map(m -> new Leftover("Machine", m.id().value(), m.owner().orElseThrow().uid()))
        .toList();
  }

  @Override
  public Accepted create(MachineRequest request) {
    Ownership.requireUserTags(request.tags());
    ShellTarget target = targetOf(request.owner());
    HostState state = hosts.read(target);
    HostState owned = claimed(target, state, request.owner(), Optional.of(request.key()));
    if (!request.tags().isEmpty() && !owned.tags().equals(request.tags())) {
      writeTags(target, owned, request.tags());
    }
    return new Accepted(ExistingId.of(owned.machineId(), target).id(), POLL);
  }

  @Override
  public Accepted claim(MachineId id, Owner owner) {
    ShellTarget target =
        ExistingId.parse(id)
            .flatMap(known -> targets.at(known.host(), known.port()))
            .orElseGet(() -> targetOf(owner));
    HostState state = hosts.read(target);
    if (!state.machineId().equals(ExistingId.machineIdIn(id))) {
      throw Hosts.identityChanged(
          Hosts.place(target), ExistingId.machineIdIn(id), state.machineId());
    }
    boolean quarantined =
        state.ownerFile().filter(f -> f.state() == OwnerFile.State.Quarantined).isPresent();
    HostState owned =
        quarantined ? freed(target, state, owner) : claimed(target, state, owner, Optional.empty());
    return new Accepted(ExistingId.of(owned.machineId(), target).id(), POLL);
  }

  private HostState claimed(
      ShellTarget target, HostState state, Owner owner, Optional<IdempotencyKey> key) {
    if (!state.free()) {
      Ownership.require(target, state, owner);
      return state;
    }
    OwnerFile file = OwnerFile.owned(owner, key, clock.instant().toString());
    HostState after =
        hosts.effect(target, state, HostScripts.claim(state.machineId(), file.json()));
    Ownership.require(target, after, owner);
    return after;
  }

  /** Whoever names the machine-id has looked at the machine: that ends a quarantine. */
  private HostState freed(ShellTarget target, HostState state, Owner owner) {
    OwnerFile file = OwnerFile.owned(owner, Optional.empty(), clock.instant().toString());
    HostState after =
        hosts.effect(
            target, state, HostScripts.replace(state.machineId(), state.ownerText(), file.json()));
    Ownership.require(target, after, owner);
    return after;
  }

  @Override
  public Accepted change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    ExistingId existing = require(id);
    ShellTarget target = targetOf(existing);
    HostState state = same(existing, target);
    Ownership.require(target, state, owner);
    switch (change) {
      case Change.SetTags tags -> setTags(target, state, tags.tags());
      case Change.Power power ->
          throw unsupported("spec.powerState", "never switches machines on or off");
      case Change.Resize resize -> throw unsupported("spec.plan", "resizes no machine");
      case Change.GrowVolume grow -> throw unsupported("spec.storage", "has no volumes");
      case Change.AddVolume add -> throw unsupported("spec.storage", "has no volumes");
      case Change.SetFirewall firewall ->
          throw unsupported("spec.network.firewall", "has no firewall");
    }
    return new Accepted(id, POLL);
  }

  private void setTags(ShellTarget target, HostState state, Map<String, String> tags) {
    Ownership.requireUserTags(tags);
    if (!state.tags().equals(tags)) {
      writeTags(target, state, tags);
    }
  }

  private void writeTags(ShellTarget target, HostState state, Map<String, String> tags) {
    hosts.effect(
        target, state, HostScripts.tag(state.machineId(), state.ownerText(), HostState.json(tags)));
  }

  @Override
  public Accepted delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    return release(id, owner);
  }

  @Override
  public Accepted release(MachineId id, Owner owner) {
    ExistingId existing = require(id);
    ShellTarget target = targetOf(existing);
    HostState state = same(existing, target);
    if (!state.free()) {
      Ownership.require(target, state, owner);
      hosts.effect(target, state, HostScripts.giveUp(state.machineId(), state.ownerText()));
    }
    return new Accepted(id, POLL);
  }

  /**
   * Marks a machine whose Server was ended by {@code provisioning.dev/orphan}: until somebody names
   * its machine-id in {@code spec.adopt.id}, nobody can claim it.
   */
  @Effect
  public Accepted quarantine(MachineId id, Owner owner) {
    ExistingId existing = require(id);
    ShellTarget target = targetOf(existing);
    HostState state = same(existing, target);
    Ownership.require(target, state, owner);
    OwnerFile file = state.ownerFile().orElseThrow().quarantined(clock.instant().toString());
    hosts.effect(
        target, state, HostScripts.replace(state.machineId(), state.ownerText(), file.json()));
    return new Accepted(id, POLL);
  }

  private HostState same(ExistingId id, ShellTarget target) {
    HostState state = hosts.read(target);
    if (!state.machineId().equals(id.machineId())) {
      throw Hosts.identityChanged(Hosts.place(target), id.machineId(), state.machineId());
    }
    return state;
  }

  private ShellTarget targetOf(Owner owner) {
    return targets
        .of(owner)
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Invalid(
                        "AddressMissing",
                        "spec.address: a Server of provider type existing names its machine")));
  }

  private ShellTarget targetOf(ExistingId id) {
    return targets
        .at(id.host(), id.port())
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Waiting(
                        "AddressUnknown",
                        "no Server names %s:%d any more, so there is no key to log in with"
                            .formatted(id.host(), id.port()),
                        Duration.ofSeconds(60))));
  }

  private static ExistingId require(MachineId id) {
    return ExistingId.parse(id)
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Bug(
                        "MachineIdInvalid", id + " is not <machine-id>@<host>:<port>")));
  }

  private static ProviderException unsupported(String path, String what) {
    return new ProviderException(
        new Failure.Invalid("Unsupported", path + ": provider type existing " + what));
  }

  /** The shell is the operator's; it closes it. */
  @Override
  public void close() {}
}
