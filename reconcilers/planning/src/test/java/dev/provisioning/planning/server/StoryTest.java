package dev.provisioning.planning.server;

import dev.provisioning.api.Condition;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.StoryFile;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The lives of Servers as stories: {@code src/test/resources/server/stories/*.txt}, one per test,
 * in the order in which people would see them. Run with {@code -Dstories.write=true} after a wanted
 * change, and read the difference.
 */
class StoryTest {
  private static final Duration STEP = Duration.ofSeconds(5);
  private final List<String> told = new ArrayList<>();
  private World world = new World(SimulatedSettings.cloudlike());

  @AfterEach
  void compare(TestInfo info) {
    StoryFile.compare("server", info, told);
  }

  @Test
  void fromNothingToGone() {
    chapter("one machine, of the cheapest plan that fits");
    world.spec = world.spec.withPlan(null);
    settle();
    chapter("deleted");
    world.delete();
    settle();
  }

  @Test
  void firstContactWithAMachineThatWeMade() {
    world.shell = true;
    world.cloudInit = true;
    settle();
  }

  @Test
  void firstContactWithAMachineWhoseHostKeyAPersonGives() {
    world.shell = true;
    chapter("nobody said which host key it has");
    settle();
    chapter("spec.ssh.hostKeys: [SHA256:given]");
    world.edit(
        s ->
            s.withSsh(
                new SshSpec(null, null, null, List.of(), List.of("SHA256:given"), null, null)));
    settle();
  }

  @Test
  void aMachineVanishes() {
    settle();
    chapter("somebody deletes it at the provider");
    world.cloud.vanish(machine());
    settle();
    chapter("spec.recreate: IfMissing");
    world.edit(s -> s.withRecreate(Recreate.IfMissing));
    settle();
  }

  @Test
  void replacedForAnotherImageOnceAPersonSaysSo() {
    settle();
    chapter("spec.image: ubuntu-24.04");
    world.edit(s -> s.withImage("ubuntu-24.04"));
    settle();
    chapter("a person pins the hash");
    world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    settle();
  }

  @Test
  void resizedWithAStopInBetween() {
    settle();
    chapter("spec.plan: sim-4x8, on a provider that resizes stopped machines");
    world.edit(s -> s.withPlan("sim-4x8"));
    settle();
  }

  @Test
  void noCapacityThenAFallback() {
    world.cloud.sellOut("sim-2x4", "sim-a");
    world.cloud.sellOut("sim-2x4", "sim-b");
    chapter("sold out, nothing else allowed");
    settle(4);
    chapter("spec.fallbacks: [{plan: sim-4x8}]");
    world.edit(s -> s.withFallbacks(List.of(new Fallback("sim-4x8", null))));
    settle();
  }

  @Test
  void driftIsReportedThenCorrected() {
    world.spec = world.spec.withTags(Map.of("team", "web"));
    settle();
    chapter("somebody switches it off and takes its tags away");
    world.cloud.alter(machine(), new Change.Power(false));
    world.cloud.alter(machine(), new Change.SetTags(Map.of()));
    settle();
    chapter("spec.drift.mode: Correct");
    world.edit(s -> s.withDrift(new DriftPolicy(DriftMode.Correct, List.of())));
    settle();
  }

  @Test
  void theProviderBreaksAndComesBack() {
    settle(2);
    chapter("its credentials are revoked while the machine boots");
    world.cloud.breakDown(
        new Failure.Denied("CredentialsInvalid", "provider sim refuses the token of Secret sim"));
    settle(6);
    chapter("a new token");
    world.cloud.recover();
    settle();
  }

  @Test
  void approvedByHash() {
    world.policy = new WorkspaceView.Policy(false, true, false, List.of(), List.of());
    chapter("the Workspace requires approval");
    settle();
    chapter("a person approves the plan");
    world.annotations.put(ResourceRef.APPROVE_PLAN, world.status.plan().hash());
    settle();
  }

  private MachineId machine() {
    return new MachineId(world.status.machine().id());
  }

  private void chapter(String title) {
    told.add("");
    told.add("# " + title);
  }

  private void settle() {
    settle(60);
  }

  /** Passes five seconds apart; what did not change is not told again. */
  private void settle(int passes) {
    for (int i = 0; i < passes && !world.gone; i++) {
      ServerStatus before = world.status;
      world.decide();
      if (!world.status.equals(before)) {
        tell(line(world.status));
      }
      world.plan.front().forEach(action -> tell("> " + action.description()));
      world.events.forEach(
          e -> tell((e.warning() ? "! " : "* ") + e.reason() + ": " + e.message()));
      world.act();
      if (world.gone) {
        tell("gone");
      }
      world.now = world.now.plus(STEP);
    }
  }

  private void tell(String text) {
    Instant at = Instant.EPOCH.plus(Duration.between(World.START, world.now));
    told.add(at.toString().substring(11, 19) + " " + text);
  }

  private static String line(ServerStatus status) {
    Condition ready = Conditions.find(status.conditions(), Conditions.READY).orElseThrow();
    String mood =
        Conditions.find(status.conditions(), Conditions.STALLED).isPresent()
            ? " stalled"
            : Conditions.find(status.conditions(), Conditions.RECONCILING).isPresent()
                ? " reconciling"
                : "";
    String drift =
        status.drift().isEmpty()
            ? ""
            : " drift=" + status.drift().stream().map(row -> row.field()).toList();
    return "%s%s [%s] %s%s".formatted(status.phase(), mood, ready.reason(), ready.message(), drift);
  }
}
