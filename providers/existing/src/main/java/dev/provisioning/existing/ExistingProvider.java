package dev.provisioning.existing;

import dev.provisioning.spi.Effect;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  private final String operatorId;
  private final Fleet fleet;
  private final OwnerRegister register;
  private final MachineViews views;

  public ExistingProvider(
      RemoteShell shell, TargetResolver targets, String operatorId, InstantSource clock) {
    Hosts hosts = new Hosts(shell);
    this.operatorId = operatorId;
    this.fleet = new Fleet(targets, hosts);
    this.register = new OwnerRegister(hosts, clock);
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
        fleet.answering(views::machine).stream()
            .filter(m -> m.owner().filter(o -> o.operatorId().equals(operatorId)).isPresent())
            .toList();
    return Page.whole(machines, query);
  }

  @Override
  public List<Machine> find(Owner owner) {
    return fleet
        .named(owner)
        .map(views::machine)
        .filter(machine -> machine.owner().filter(o -> o.uid().equals(owner.uid())).isPresent())
        .stream()
        .toList();
  }

  @Override
  public Optional<Machine> read(MachineId id) {
    ExistingId existing = ExistingId.require(id);
    try {
      Optional<Host> host = fleet.at(existing);
      return Optional.of(
          host.map(views::machine).orElseGet(() -> views.silent(existing, "AddressUnknown")));
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
    UserTags.require(request.tags());
    Host host = fleet.of(request.owner());
    Host claimed = register.claim(host, request.owner(), Optional.of(request.key()));
    if (!request.tags().isEmpty()) {
      register.tag(claimed, request.tags());
    }
    return accepted(claimed);
  }

  @Override
  public Accepted claim(MachineId id, Owner owner) {
    return accepted(register.adopt(fleet.candidate(id, owner), owner));
  }

  private static Accepted accepted(Host host) {
    return new Accepted(host.id().id(), POLL);
  }

  @Override
  public Accepted change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    Host host = fleet.require(id);
    Ownership.require(host, owner);
    switch (change) {
      case Change.SetTags tags -> {
        UserTags.require(tags.tags());
        register.tag(host, tags.tags());
      }
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

  @Override
  public Accepted delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    return release(id, owner);
  }

  @Override
  public Accepted release(MachineId id, Owner owner) {
    register.giveUp(fleet.require(id), owner);
    return new Accepted(id, POLL);
  }

  /**
   * Marks a machine whose Server was ended by {@code provisioning.dev/orphan}: until somebody names
   * its machine-id in {@code spec.adopt.id}, nobody can claim it.
   */
  @Effect
  public Accepted quarantine(MachineId id, Owner owner) {
    register.quarantine(fleet.require(id), owner);
    return new Accepted(id, POLL);
  }

  private static ProviderException unsupported(String path, String what) {
    return new ProviderException(
        new Failure.Invalid("Unsupported", path + ": provider type existing " + what));
  }

  /** The shell is the operator's; it closes it. */
  @Override
  public void close() {}
}
