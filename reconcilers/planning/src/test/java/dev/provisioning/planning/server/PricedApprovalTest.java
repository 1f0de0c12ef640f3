package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who approves a plan approves its price: until it is begun, another price asks again. */
class PricedApprovalTest {
  private static final Surroundings FULL =
      new Surroundings(
          List.of(),
          Optional.empty(),
          Optional.of(
              new Failure.Waiting("QuotaExceeded", "no room in acme", Duration.ofMinutes(1))),
          Optional.empty());

  private World world = asking(SimulatedSettings.instant());

  @Test
  void anotherPriceAfterTheApprovalAsksAgainAndMakesNothing() {
    world.settle();
    String cheap = world.status.plan().hash();
    dearer();
    approve(cheap).settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(world.condition("Ready").message())
        .endsWith("provisioning.dev/approve-plan=" + world.status.plan().hash());
    assertThat(world.status.plan().hash()).isNotEqualTo(cheap);
    assertThat(world.status.plan().approved()).isFalse();
    approveShown().settle();
    assertReady();
  }

  @Test
  void thePriceOfBeforeIsApprovedStill() {
    world.settle();
    approveShown();
    dearer();
    world.settle();
    world.dearer = BigDecimal.ONE;
    world.settle();
    assertReady();
  }

  @Test
  void aPriceThatIsNoLongerKnownAsksAgain() {
    world.settle();
    approveShown();
    world.priced = false;
    world.settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void anApprovedPlanThatStillWaitsForRoomIsNotBegun() {
    world.settle();
    world.surroundings = FULL;
    approveShown().settle();
    assertThat(world.status.plan().approved()).isTrue();
    dearer();
    world.settle();
    world.surroundings = Surroundings.NONE;
    world.settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void aCreateThatWasAboutToBeSentGoesOnAtAnyPrice() {
    world.settle();
    approveShown().decide();
    world.ledger = Ledger.empty(); // the process died after it wrote the intent
    dearer();
    world.settle();
    assertReady();
    assertThat(world.cloud.machines()).hasSize(1);
  }

  @Test
  void halfWayAnotherPriceChangesNothing() {
    resizing();
    approveShown().pass();
    dearer();
    world.settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    assertReady();
  }

  @Test
  void halfWayAndHeldUpForLongAnotherPriceChangesNothing() {
    resizing();
    approveShown().pass();
    world.surroundings = FULL;
    world.settle();
    assertThat(world.status.machine().state()).isEqualTo("Stopped");
    assertThat(world.status.intent()).as("the stop has settled").isNull();
    dearer();
    world.settle();
    world.surroundings = Surroundings.NONE;
    world.settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    assertReady();
  }

  private static World asking(SimulatedSettings settings) {
    World world = new World(settings);
    world.policy = new WorkspaceView.Policy(false, true, false, List.of(), List.of());
    return world;
  }

  /** A machine that has to be stopped to become larger, which nobody has allowed yet. */
  private void resizing() {
    world = asking(SimulatedSettings.instant().withResize(ResizeMode.STOPPED));
    world.settle();
    approveShown().settle();
    world.edit(s -> s.withPlan("sim-4x8")).settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-2x4");
  }

  private void dearer() {
    world.dearer = BigDecimal.TEN;
  }

  private World approveShown() {
    return approve(world.status.plan().hash());
  }

  private World approve(String hash) {
    world.annotations.put(ResourceRef.APPROVE_PLAN, hash);
    return world;
  }

  private void assertReady() {
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }
}
