package dev.provisioning.operator.clients;

import dev.provisioning.controllers.engine.Fence;
import dev.provisioning.spi.MachineProvider;
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
import dev.provisioning.spi.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Every provider behind one door: its calls are measured, and effects need a leader. */
final class MeasuredMachines implements MachineProvider {
  private final MachineProvider machines;
  private final ProviderMetrics metrics;
  private final Fence fence;

  MeasuredMachines(MachineProvider machines, ProviderMetrics metrics, Fence fence) {
    this.machines = machines;
    this.metrics = metrics;
    this.fence = fence;
  }

  @Override
  public Capabilities capabilities() {
    return machines.capabilities();
  }

  @Override
  public Probe probe() {
    return metrics.probe(machines::probe);
  }

  @Override
  public Catalog catalog() {
    return metrics.call("catalog", machines::catalog);
  }

  @Override
  public Page list(ListQuery query) {
    return metrics.call("list", () -> machines.list(query));
  }

  @Override
  public List<Machine> find(Owner owner) {
    return metrics.call("find", () -> machines.find(owner));
  }

  @Override
  public Optional<Machine> read(MachineId id) {
    return metrics.call("read", () -> machines.read(id));
  }

  @Override
  public Optional<Console> console(MachineId id) {
    return metrics.call("console", () -> machines.console(id));
  }

  @Override
  public List<Leftover> leftovers() {
    return metrics.call("leftovers", machines::leftovers);
  }

  @Override
  public Accepted create(MachineRequest request) {
    return effect("create", () -> machines.create(request));
  }

  @Override
  public Accepted claim(MachineId id, Owner owner) {
    return effect("claim", () -> machines.claim(id, owner));
  }

  @Override
  public Accepted change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    return effect("change", () -> machines.change(id, owner, change, key));
  }

  @Override
  public Accepted delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    return effect("delete", () -> machines.delete(id, owner, keepStorage, key));
  }

  @Override
  public Accepted release(MachineId id, Owner owner) {
    return effect("release", () -> machines.release(id, owner));
  }

  @Override
  public void close() {
    machines.close();
  }

  private Accepted effect(String operation, Supplier<Accepted> call) {
    if (!fence.holds()) {
      metrics.fenced();
      throw new ProviderException(
          new Failure.Waiting(
              "NotLeading",
              "this operator does not lead any more: its successor goes on",
              Duration.ofSeconds(1)));
    }
    return metrics.call(operation, call);
  }
}
