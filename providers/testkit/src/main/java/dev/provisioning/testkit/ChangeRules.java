package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.StorageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** P12, P13, P18, volumes: a change is a state to reach, or is refused by its field. */
interface ChangeRules extends ProviderRules {
  @Test
  default void p12_aChangeThatHoldsAlreadySucceeds() {
    MachineRequest request = request("p12");
    MachineId id = made(request);
    for (int i = 0; i < 2; i++) {
      provider().change(id, request.owner(), tags("red"), key(request.owner(), "tags#" + i));
      world().settle();
      assertThat(provider().read(id).orElseThrow().tags())
          .containsExactlyEntriesOf(Map.of("c", "red"));
    }
  }

  @Test
  default void p12_powerIsAStateToReach() {
    assumeTrue(capabilities().power(), "P12 power: excluded by capabilities");
    MachineRequest request = request("p12b");
    MachineId id = made(request);
    for (MachineState wanted : List.of(MachineState.STOPPED, MachineState.RUNNING)) {
      Change change = new Change.Power(wanted == MachineState.RUNNING);
      for (int i = 0; i < 2; i++) {
        provider().change(id, request.owner(), change, key(request.owner(), wanted + "#" + i));
        world().settle();
        assertThat(provider().read(id).orElseThrow().state()).isEqualTo(wanted);
      }
    }
    assertThat(provider().read(id).orElseThrow().addresses()).isNotEmpty();
  }

  @Test
  default void p13_aResizeNeverStopsTheMachine() {
    assumeTrue(capabilities().resize() != ResizeMode.NONE, "P13: excluded by capabilities");
    String plan = world().otherPlan().orElseThrow();
    MachineRequest request = request("p13");
    MachineId id = made(request);
    Change resize = new Change.Resize(plan);
    if (capabilities().resize() == ResizeMode.LIVE) {
      provider().change(id, request.owner(), resize, key(request.owner(), "resize"));
    } else {
      assertThat(failure(() -> provider().change(id, request.owner(), resize, request.key())))
          .isInstanceOf(Failure.Transient.class);
      provider().change(id, request.owner(), new Change.Power(false), key(request.owner(), "stop"));
      world().settle();
      provider().change(id, request.owner(), resize, key(request.owner(), "resize"));
      provider().change(id, request.owner(), new Change.Power(true), key(request.owner(), "start"));
    }
    world().settle();
    Machine machine = provider().read(id).orElseThrow();
    assertThat(machine.plan()).isEqualTo(plan);
    assertThat(machine.state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  default void p18_whatCapabilitiesExcludeIsInvalidWithItsFieldPath() {
    MachineRequest request = request("p18");
    MachineId id = made(request);
    for (Change change : excluded(capabilities())) {
      Failure failure =
          failure(() -> provider().change(id, request.owner(), change, request.key()));
      assertThat(failure).as(change.toString()).isInstanceOf(Failure.Invalid.class);
      assertThat(failure.message()).startsWith("spec.");
    }
  }

  @Test
  default void p18_userTagsMayNotUseOurPrefix() {
    MachineRequest request = request("p18b");
    MachineId id = made(request);
    Change change = new Change.SetTags(Map.of(Owner.TAG_PREFIX + "uid", "x"));
    assertThat(failure(() -> provider().change(id, request.owner(), change, request.key())))
        .isInstanceOf(Failure.Invalid.class);
  }

  @Test
  default void volumesGrowAndNeverShrink() {
    assumeTrue(capabilities().volumes(), "GrowVolume: excluded by capabilities");
    MachineRequest request = withVolume(request("volumes"));
    MachineId id = made(request);
    provider().change(id, request.owner(), new Change.GrowVolume("data", 3), request.key());
    world().settle();
    assertThat(provider().read(id).orElseThrow().volumes().getFirst().sizeGb()).isEqualTo(3);
    assertThat(
            failure(
                () ->
                    provider()
                        .change(
                            id, request.owner(), new Change.GrowVolume("data", 2), request.key())))
        .isInstanceOf(Failure.Invalid.class);
  }

  private static List<Change> excluded(Capabilities capabilities) {
    List<Change> changes = new ArrayList<>();
    if (!capabilities.power()) {
      changes.add(new Change.Power(false));
    }
    if (capabilities.resize() == ResizeMode.NONE) {
      changes.add(new Change.Resize("any"));
    }
    if (!capabilities.volumes()) {
      changes.add(new Change.GrowVolume("data", 2));
      changes.add(new Change.AddVolume(new StorageRequest.Disk("data", 1, "/srv/data")));
    }
    if (!capabilities.firewall()) {
      changes.add(
          new Change.SetFirewall(
              List.of(
                  new NetworkRequest.FirewallRule(
                      NetworkRequest.Direction.INGRESS,
                      NetworkRequest.Protocol.TCP,
                      "22",
                      "0.0.0.0/0"))));
    }
    return changes;
  }
}
