package dev.provisioning.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.ListQuery;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedCloudTest {
  private static final String OPERATOR = "operator";

  @Test
  void withoutLagAMachineRunsAtOnceAtAnAddressOfItsOwn() {
    SimulatedFixture world = world(SimulatedSettings.instant());
    MachineProvider provider = world.provider();
    MachineId id = provider.create(request(world, 1)).id();
    assertThat(provider.read(id).orElseThrow())
        .satisfies(machine -> assertThat(machine.state()).isEqualTo(MachineState.RUNNING))
        .satisfies(
            machine -> assertThat(machine.addresses().getFirst().value()).isEqualTo("198.18.0.1"));
  }

  @Test
  void effectsShowAfterTheVisibilityLagAndBootTakesItsTime() {
    SimulatedFixture world = world(SimulatedSettings.cloudlike());
    MachineProvider provider = world.provider();
    MachineId id = provider.create(request(world, 1)).id();
    assertThat(provider.read(id)).isEmpty();
    world.pass(Duration.ofSeconds(5));
    assertThat(provider.read(id).orElseThrow().state()).isEqualTo(MachineState.PENDING);
    world.pass(Duration.ofSeconds(15));
    assertThat(provider.read(id).orElseThrow().state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  void theLedgerCountsEffectsThatHappenedAndNoOthers() {
    SimulatedFixture world = world(SimulatedSettings.instant());
    MachineProvider provider = world.provider();
    MachineRequest request = request(world, 1);
    MachineId id = provider.create(request).id();
    provider.create(request);
    provider.change(id, request.owner(), new Change.Power(true), request.key());
    provider.delete(id, request.owner(), false, request.key());
    provider.delete(id, request.owner(), false, request.key());
    assertThat(world.cloud.ledger())
        .extracting(LedgerEntry::operation)
        .containsExactly(Operation.CREATE, Operation.DELETE);
    assertThat(world.cloud.creates(request.owner().uid(), 1)).isEqualTo(1);
  }

  @Test
  void oneKeyWithOtherParametersIsRefused() {
    SimulatedFixture world = world(SimulatedSettings.instant());
    MachineRequest request = request(world, 1);
    world.provider().create(request);
    MachineRequest other = withPlan(request, "sim-2x4");
    assertThatThrownBy(() -> world.provider().create(other))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("IdempotentParameterMismatch");
  }

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8)).contains(Fault.LOST_REPLY);
  }

  @Test
  void theQuotaHoldsBackOneMoreMachine() {
    SimulatedFixture world = world(SimulatedSettings.instant().withMaxMachines(1));
    world.provider().create(request(world, 1));
    assertThatThrownBy(() -> world.provider().create(request(world, 2)))
        .hasMessageContaining("QuotaExceeded");
  }

  @Test
  void fiveThousandMachinesAreListedInPagesWithoutHolesOrRepeats() {
    SimulatedFixture world = world(SimulatedSettings.instant());
    MachineProvider provider = world.provider();
    for (int i = 0; i < 5_000; i++) {
      provider.create(request(world, i));
    }
    Set<MachineId> seen = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      var page = provider.list(new ListQuery.All(cursor));
      page.machines().forEach(m -> assertThat(seen.add(m.id())).isTrue());
      page.machines().forEach(m -> addresses.add(m.addresses().getFirst().value()));
      cursor = page.next();
      pages++;
    } while (cursor.isPresent());
    assertThat(seen).hasSize(5_000);
    assertThat(addresses).hasSize(5_000);
    assertThat(pages).isEqualTo(5);
  }

  @Test
  void everyPlanHasAPriceThatGrowsWithIt() {
    SimulatedFixture world = world(SimulatedSettings.instant());
    SimulatedProvider provider = new SimulatedProvider(world.cloud, OPERATOR);
    MachineRequest request = request(world, 1);
    List<Catalog.Plan> plans = provider.catalog().plans();
    var prices =
        plans.stream()
            .map(
                plan ->
                    provider
                        .price(new Catalog.Zone("sim-a"), plan, request.storage(), true)
                        .orElseThrow()
                        .hourly())
            .toList();
    assertThat(prices).hasSameSizeAs(plans).isSorted();
  }

  @Test
  void whatSomebodyDoesByHandIsSeenAndIsNoEffectOfOurs() {
    SimulatedFixture world = world(SimulatedSettings.instant());
    MachineProvider provider = world.provider();
    MachineId id = provider.create(request(world, 1)).id();
    world.cloud.alter(id, new Change.Power(false));
    assertThat(provider.read(id).orElseThrow().state()).isEqualTo(MachineState.STOPPED);
    world.cloud.vanish(id);
    assertThat(provider.read(id)).isEmpty();
    assertThat(world.cloud.ledger()).hasSize(1);
  }

  private static SimulatedFixture world(SimulatedSettings settings) {
    return new SimulatedFixture(settings, OPERATOR);
  }

  private static MachineRequest request(SimulatedFixture world, int number) {
    return world.request(
        new Owner(OPERATOR, "ns", "ws", "srv-" + number, "uid-" + number, 1), "h" + number, 0);
  }

  private static MachineRequest withPlan(MachineRequest r, String plan) {
    return new MachineRequest(
        r.key(),
        r.owner(),
        r.name(),
        r.hostname(),
        plan,
        r.imageId(),
        r.zone(),
        r.storage(),
        r.network(),
        r.userData(),
        r.tags());
  }

  private static List<Fault> faults(long seed) {
    Faults faults = Faults.seeded(seed, 200);
    List<Fault> drawn = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      drawn.add(faults.next(Operation.CREATE, i));
    }
    return drawn;
  }
}
