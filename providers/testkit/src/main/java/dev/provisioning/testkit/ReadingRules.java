package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.model.ListQuery;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** P4, P5, lists and probes: what is there is seen, by its owner. */
interface ReadingRules extends ProviderRules {
  @Test
  default void p04_findReturnsEveryMachineOfTheServer() {
    assumeTrue(!world().oneMachinePerServer(), "P4: a Server of this provider has one machine");
    Owner owner = owner("p04");
    MachineId first = provider().create(world().request(owner, "p04", 0)).id();
    MachineId second = provider().create(world().request(next(owner), "p04", 0)).id();
    world().settle();
    assertThat(provider().find(owner))
        .extracting(Machine::id)
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void p04_findSeesNobodyElsesMachine() {
    provider().create(request("p04b"));
    world().settle();
    assertThat(provider().find(owner("p04c"))).isEmpty();
  }

  @Test
  default void p05_afterTheSettleWindowTwoFindsAgree() {
    MachineRequest request = request("p05");
    provider().create(request);
    world().settle();
    List<MachineId> once = provider().find(request.owner()).stream().map(Machine::id).toList();
    List<MachineId> twice = restarted().find(request.owner()).stream().map(Machine::id).toList();
    assertThat(once).hasSize(1).isEqualTo(twice);
    assertThat(capabilities().settleWindow()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  default void theListShowsOurMachinesAndTheHotListTheAskedOnes() {
    MachineRequest one = request("list-1");
    MachineRequest two = request("list-2");
    MachineId first = made(one);
    MachineId second = made(two);
    assertThat(provider().list(new ListQuery.All(Optional.empty())).machines())
        .extracting(Machine::id)
        .contains(first, second);
    assertThat(
            provider()
                .list(new ListQuery.Hot(Set.of(one.owner().uid()), Optional.empty()))
                .machines())
        .extracting(Machine::id)
        .containsExactly(first);
  }

  @Test
  default void aProbeOfAWorkingProviderIsReadyAndItsCatalogueServesTheRequests() {
    assertThat(provider().probe().ready()).as(provider().probe().message()).isTrue();
    MachineRequest request = request("probe");
    assertThat(provider().catalog().zones()).extracting(z -> z.name()).contains(request.zone());
  }
}
