package dev.provisioning.simulated;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Capabilities;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Provider type {@code simulated}: one operator's client of a {@link SimulatedCloud}. */
public final class SimulatedProvider implements MachineProvider, PriceList {
  private static final int PAGE = 1_000;

  private final SimulatedCloud cloud;
  private final String operatorId;

  /**
   * @param operatorId uid of the operator's namespace; {@code list} and {@code leftovers} see the
   *     machines of this operator only
   */
  public SimulatedProvider(SimulatedCloud cloud, String operatorId) {
    this.cloud = cloud;
    this.operatorId = operatorId;
  }

  @Override
  public Capabilities capabilities() {
    SimulatedSettings settings = cloud.settings();
    return new Capabilities(
        settings.createOnce(),
        settings.resize(),
        true,
        true,
        true,
        true,
        true,
        false,
        true,
        false,
        Set.of("amd64"),
        settings.visibilityLag());
  }

  @Override
  public Probe probe() {
    return cloud
        .outage()
        .map(Probe::failed)
        .orElseGet(() -> Probe.ok("machines exist in the operator's memory only"));
  }

  @Override
  public Catalog catalog() {
    return SimulatedCatalog.CATALOG;
  }

  @Override
  public Page list(ListQuery query) {
    return cloud.call(Operation.LIST, () -> page(query));
  }

  private Page page(ListQuery query) {
    Predicate<Owner> wanted =
        switch (query) {
          case ListQuery.Hot hot -> owner -> hot.uids().contains(owner.uid());
          case ListQuery.All all -> owner -> owner.operatorId().equals(operatorId);
        };
    int from = query.cursor().map(SimulatedProvider::position).orElse(0);
    List<Machine> all =
        cloud.visible().stream().filter(m -> m.owner().filter(wanted).isPresent()).toList();
    int to = Math.min(all.size(), from + PAGE);
    Optional<String> next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
    return new Page(all.subList(Math.min(from, to), to), next);
  }

  private static int position(String cursor) {
    try {
      return Integer.parseUnsignedInt(cursor);
    } catch (NumberFormatException e) {
      throw new ProviderException(new Failure.Bug("CursorInvalid", "no cursor: " + cursor), e);
    }
  }

  @Override
  public List<Machine> find(Owner owner) {
    return cloud.call(Operation.FIND, () -> cloud.visibleOf(owner.uid()));
  }

  @Override
  public Optional<Machine> read(MachineId id) {
    return cloud.call(Operation.READ, () -> cloud.visible(id));
  }

  @Override
  public Optional<Console> console(MachineId id) {
    return Optional.empty();
  }

  @Override
  public List<Leftover> leftovers() {
    return cloud.call(Operation.LIST, this::ours);
  }

  private List<Leftover> ours() {
    Stream<Leftover> machines =
        cloud.visible().stream()
            .filter(m -> m.owner().filter(o -> o.operatorId().equals(operatorId)).isPresent())
            .map(m -> new Leftover("Machine", m.id().value(), m.owner().orElseThrow().uid()));
    Stream<Leftover> volumes =
        cloud.keptVolumes().stream()
            .filter(v -> v.owner().operatorId().equals(operatorId))
            .map(v -> new Leftover("Volume", v.id(), v.owner().uid()));
    return Stream.concat(machines, volumes).toList();
  }

  @Override
  public Accepted create(MachineRequest request) {
    MachineId id = cloud.call(Operation.CREATE, () -> cloud.create(request));
    return new Accepted(id, cloud.settings().bootLag());
  }

  @Override
  public Accepted claim(MachineId id, Owner owner) {
    return effect(Operation.CLAIM, id, () -> cloud.claim(id, owner));
  }

  @Override
  public Accepted change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    return effect(Operation.CHANGE, id, () -> cloud.change(id, owner, change, key));
  }

  @Override
  public Accepted delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    return effect(Operation.DELETE, id, () -> cloud.delete(id, owner, keepStorage, key));
  }

  @Override
  public Accepted release(MachineId id, Owner owner) {
    return effect(Operation.RELEASE, id, () -> cloud.release(id, owner));
  }

  private Accepted effect(Operation operation, MachineId id, Runnable body) {
    cloud.call(
        operation,
        () -> {
          body.run();
          return id;
        });
    Duration lag = cloud.settings().stopLag();
    return new Accepted(id, lag);
  }

  @Override
  public Optional<Price> price(
      Catalog.Zone zone, Catalog.Plan plan, StorageRequest storage, boolean publicIpv4) {
    return SimulatedCatalog.price(plan.name(), storage, publicIpv4, cloud.now());
  }

  @Override
  public void close() {
    // The cloud outlives its clients and holds nothing that needs closing.
  }
}
