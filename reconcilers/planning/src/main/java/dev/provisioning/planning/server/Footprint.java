package dev.provisioning.planning.server;

import dev.provisioning.api.server.MachineStatus;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerUsage;
import dev.provisioning.planning.CostSum;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Price;
import dev.provisioning.spi.model.StorageRequest;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one Server counts in the limits of its Workspace. It stands in the status from the write
 * that holds the intent on, so that whoever leads next counts the same.
 *
 * @param monthlyCost zero while the price is unknown
 */
public record Footprint(int cores, int memoryGb, int storageGb, BigDecimal monthlyCost) {
  private static final int MB = 1024;

  /** The largest that the wish or one of its fallbacks may become. */
  public static Footprint wished(EffectiveServer wish, ServerInput.Provider provider, String uid) {
    MachineChoice choice = new MachineChoice(wish, provider, uid);
    return IntStream.range(0, choice.count())
        .mapToObj(choice::resolve)
        .flatMap(answer -> answer.known().stream())
        .map(resolved -> of(resolved.plan(), resolved.zone(), wish, provider))
        .reduce(Footprint::max)
        .orElseGet(() -> of("", "", wish, provider));
  }

  /** What is there, or may be: never less than what an effect under way was granted. */
  public static Optional<Footprint> held(
      ServerStatus status, EffectiveServer wish, ServerInput.Provider provider) {
    Optional<Footprint> recorded = recorded(status);
    Optional<Footprint> granted = recorded.filter(any -> status.intent() != null);
    if (status.machine() == null) {
      return granted;
    }
    Footprint seen = of(status.machine(), wish, provider);
    // Disks only ever grow: those granted last are those that are there.
    Footprint present = seen.withStorage(recorded.orElse(seen).storageGb());
    return Optional.of(granted.map(present::max).orElse(present));
  }

  /**
   * What the machine is to become: a size of its own is wished only where it can be resized and is
   * named, or where the present one has become too small.
   */
  public static Footprint goal(
      Footprint present, EffectiveServer wish, ServerInput.Provider provider, String uid) {
    boolean fixed =
        wish.policy().observeOnly()
            || provider.existing()
            || provider.capabilities().resize() == Capabilities.ResizeMode.NONE;
    boolean enough =
        wish.size().plan().isEmpty()
            && present.cores >= wish.size().cores()
            && present.memoryGb >= wish.size().memoryGb();
    Footprint wished = wished(wish, provider, uid);
    return fixed || enough ? present.withStorage(wished.storageGb()) : wished;
  }

  /** As the last status has it. */
  public static Optional<Footprint> recorded(ServerStatus status) {
    return Optional.ofNullable(status.usage())
        .map(
            usage ->
                new Footprint(
                    orNone(usage.cores()),
                    orNone(usage.memoryGb()),
                    orNone(usage.storageGb()),
                    usage.monthlyCost() == null
                        ? BigDecimal.ZERO
                        : new BigDecimal(usage.monthlyCost())));
  }

  /** The larger of the two in each respect. */
  public Footprint max(Footprint other) {
    return new Footprint(
        Math.max(cores, other.cores),
        Math.max(memoryGb, other.memoryGb),
        Math.max(storageGb, other.storageGb),
        monthlyCost.max(other.monthlyCost));
  }

  private Footprint withStorage(int gb) {
    return new Footprint(cores, memoryGb, gb, monthlyCost);
  }

  ServerUsage told() {
    return new ServerUsage(
        cores,
        memoryGb,
        storageGb,
        monthlyCost.signum() == 0 ? null : CostSum.monthly(monthlyCost));
  }

  private static Footprint of(
      MachineStatus machine, EffectiveServer wish, ServerInput.Provider provider) {
    return of(
        machine.plan() == null ? "" : machine.plan(),
        machine.zone() == null ? "" : machine.zone(),
        wish,
        provider);
  }

  private static Footprint of(
      String plan, String zone, EffectiveServer wish, ServerInput.Provider provider) {
    Optional<Catalog.Plan> known =
        provider.catalog().plans().stream().filter(p -> p.name().equals(plan)).findFirst();
    Price price = provider.prices().get(plan + "/" + zone);
    return new Footprint(
        known.map(Catalog.Plan::cores).orElse(wish.size().cores()),
        known.map(p -> Math.ceilDiv(p.memoryMb(), MB)).orElse(wish.size().memoryGb()),
        wish.storage().rootSizeGb()
            + wish.storage().disks().stream().mapToInt(StorageRequest.Disk::sizeGb).sum(),
        price == null ? BigDecimal.ZERO : price.monthly());
  }

  private static int orNone(Integer amount) {
    return amount == null ? 0 : amount;
  }
}
