package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import org.junit.jupiter.api.Test;

/** P6, P14–P16: what a create that failed has made, and what its failure tells. */
interface FailureRules extends ProviderRules {
  @Test
  default void p01_p06_aLostReplyIsOutcomeUnknownAndTheRetryFindsTheSameMachine() {
    MachineRequest request = request("p06a");
    assumeTrue(world().loseNextCreateReply(), "P6: no reply can be lost in this world");
    assertThat(failure(() -> provider().create(request)))
        .isInstanceOf(Failure.OutcomeUnknown.class);
    world().settle();
    MachineId made = provider().find(request.owner()).getFirst().id();
    assertThat(restarted().create(request).id()).isEqualTo(made);
    assertOneMachine(request);
  }

  @Test
  default void p06_whatWasNeverSentIsTransientAndMadeNothing() {
    MachineRequest request = request("p06b");
    assumeTrue(world().refuseNextCreate(), "P6: no connection can be refused in this world");
    assertThat(failure(() -> provider().create(request))).isInstanceOf(Failure.Transient.class);
    world().settle();
    assertThat(provider().find(request.owner())).isEmpty();
    assertThat(world().machinesOf(request.owner().uid())).isZero();
  }

  @Test
  default void p14_aTryThatEndedBeforeItRanIsOverForItsKey() {
    MachineRequest request = request("p14");
    assumeTrue(world().failNextLaunch(), "P14: no launch can be failed in this world");
    provider().create(request);
    world().settle();
    assertThat(provider().find(request.owner())).noneMatch(m -> m.state() == MachineState.RUNNING);
    assertThat(failure(() -> provider().create(request)))
        .isInstanceOfAny(Failure.Permanent.class, Failure.Waiting.class);
    Owner later = next(request.owner());
    MachineId second = made(world().request(later, "p14", 0));
    assertThat(provider().read(second).orElseThrow().state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  default void p15_failuresCarryNoUserData() {
    MachineRequest good = request("p15");
    MachineRequest bad =
        new MachineRequest(
            good.key(),
            good.owner(),
            good.name(),
            good.hostname(),
            "no-such-plan",
            "no-such-image",
            good.zone(),
            good.storage(),
            good.network(),
            new MachineRequest.UserData("#cloud-config\n# canary-secret\n"),
            good.tags());
    Throwable thrown = catchThrowable(() -> provider().create(bad));
    assumeTrue(thrown != null, "P15: this provider takes any plan and image");
    assertThat(thrown).isInstanceOf(ProviderException.class);
    assertThat(thrown.toString()).doesNotContain("canary-secret");
    assertThat(((ProviderException) thrown).failure()).isInstanceOf(Failure.Invalid.class);
    assertThat(provider().find(good.owner())).isEmpty();
  }

  @Test
  default void p16_aCapacityFailureMeansThatNothingWasMade() {
    MachineRequest request = request("p16");
    assumeTrue(world().sellOut(), "P16: this world cannot run out of capacity");
    Failure failure = failure(() -> provider().create(request));
    assertThat(failure).isInstanceOf(Failure.Waiting.class);
    assertThat(failure.reason()).isEqualTo("CapacityUnavailable");
    world().settle();
    assertThat(world().machinesOf(request.owner().uid())).isZero();
  }
}
