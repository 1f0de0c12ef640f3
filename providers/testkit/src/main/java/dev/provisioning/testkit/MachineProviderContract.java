package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Leftover;
import dev.provisioning.spi.model.ListQuery;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.StorageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules of providers.md §2 as far as the port shows them, one test or more for each, named by
 * number. A rule that a provider's capabilities exclude, or that its world cannot provoke, is
 * reported as aborted with the reason.
 *
 * <p>Not here: P3 (bytes), P10 (table), P17, P20–P23 are tests of the provider or of its callers.
 */
public abstract class MachineProviderContract {
  private static final Duration VERB_LIMIT = Duration.ofSeconds(30);

  /** The operator id that requests of this contract carry. */
  protected static final String OPERATOR = "contract-operator";

  private final List<MachineProvider> opened = new ArrayList<>();
  private ProviderFixture world;
  private MachineProvider provider;

  /** A world for one test. */
  protected abstract ProviderFixture fixture() throws Exception;

  @BeforeEach
  void open() throws Exception {
    world = fixture();
    provider = restarted();
  }

  @AfterEach
  void shut() {
    opened.forEach(MachineProvider::close);
    world.close();
  }

  @Test
  void p01_oneKeyMakesOneMachineWhenCreateIsCalledTwice() {
    MachineRequest request = request("p01a");
    MachineId first = provider.create(request).id();
    world.settle();
    assertThat(provider.create(request).id()).isEqualTo(first);
    assertOneMachine(request);
  }

  @Test
  void p01_oneKeyMakesOneMachineWhenCreateIsCalledConcurrently() throws Exception {
    assumeTrue(capabilities().createOnce(), "P1 concurrently: this provider has no create token");
    MachineRequest request = request("p01b");
    Set<MachineId> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<MachineId>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(() -> provider.create(request).id());
      }
      for (Future<MachineId> call : threads.invokeAll(calls)) {
        ids.add(call.get());
      }
    }
    assertThat(ids).hasSize(1);
    world.settle();
    assertOneMachine(request);
  }

  @Test
  void p01_oneKeyMakesOneMachineAcrossARestart() {
    MachineRequest request = request("p01c");
    MachineId first = provider.create(request).id();
    world.settle();
    assertThat(restarted().create(request).id()).isEqualTo(first);
    assertOneMachine(request);
  }

  @Test
  void p01_p06_aLostReplyIsOutcomeUnknownAndTheRetryFindsTheSameMachine() {
    MachineRequest request = request("p06a");
    assumeTrue(world.loseNextCreateReply(), "P6: no reply can be lost in this world");
    assertThat(failure(() -> provider.create(request))).isInstanceOf(Failure.OutcomeUnknown.class);
    world.settle();
    MachineId made = provider.find(request.owner()).getFirst().id();
    assertThat(restarted().create(request).id()).isEqualTo(made);
    assertOneMachine(request);
  }

  @Test
  void p06_whatWasNeverSentIsTransientAndMadeNothing() {
    MachineRequest request = request("p06b");
    assumeTrue(world.refuseNextCreate(), "P6: no connection can be refused in this world");
    assertThat(failure(() -> provider.create(request))).isInstanceOf(Failure.Transient.class);
    world.settle();
    assertThat(provider.find(request.owner())).isEmpty();
    assertThat(world.machinesOf(request.owner().uid())).isZero();
  }

  @Test
  void p02_ownerAndKeyStandFromTheFirstMoment() {
    MachineRequest request = request("p02");
    MachineId id = provider.create(request).id();
    world.settle();
    Machine machine = restarted().read(id).orElseThrow();
    assertThat(machine.owner()).contains(request.owner());
    assertThat(machine.key()).contains(request.key());
    assertThat(machine.state()).isIn(MachineState.PENDING, MachineState.RUNNING);
  }

  @Test
  void p04_findReturnsEveryMachineOfTheServer() {
    assumeTrue(!world.oneMachinePerServer(), "P4: a Server of this provider has one machine");
    Owner owner = owner("p04");
    MachineId first = provider.create(world.request(owner, "p04", 0)).id();
    MachineId second = provider.create(world.request(next(owner), "p04", 0)).id();
    world.settle();
    assertThat(provider.find(owner))
        .extracting(Machine::id)
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void p04_findSeesNobodyElsesMachine() {
    provider.create(request("p04b"));
    world.settle();
    assertThat(provider.find(owner("p04c"))).isEmpty();
  }

  @Test
  void p05_afterTheSettleWindowTwoFindsAgree() {
    MachineRequest request = request("p05");
    provider.create(request);
    world.settle();
    List<MachineId> once = provider.find(request.owner()).stream().map(Machine::id).toList();
    List<MachineId> twice = restarted().find(request.owner()).stream().map(Machine::id).toList();
    assertThat(once).hasSize(1).isEqualTo(twice);
    assertThat(capabilities().settleWindow()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void p07_anotherServersMachineIsNeitherChangedNorDeletedNorReleased() {
    MachineRequest request = request("p07a");
    MachineId id = made(request);
    Owner other = owner("p07-other");
    assertOwnedByAnother(() -> provider.change(id, other, tags("a"), key(other, "tags")));
    assertOwnedByAnother(() -> provider.delete(id, other, false, key(other, "delete")));
    assertOwnedByAnother(() -> provider.release(id, other));
    assertOneMachine(request);
  }

  @Test
  void p07_anotherIncarnationsMachineIsNotDeleted() {
    MachineRequest request = request("p07b");
    MachineId id = made(request);
    Owner later = next(request.owner());
    assertOwnedByAnother(() -> provider.delete(id, later, false, key(later, "delete")));
    assertOneMachine(request);
  }

  @Test
  void p08_deletingWhatIsAbsentSucceeds() {
    MachineRequest request = request("p08");
    MachineId id = made(request);
    provider.delete(id, request.owner(), false, key(request.owner(), "delete"));
    world.settle();
    provider.delete(id, request.owner(), false, key(request.owner(), "delete"));
    restarted().release(id, request.owner());
  }

  @Test
  void p09_aClaimTakesAnUnownedMachineOnce() {
    MachineId id = unowned();
    Owner owner = owner("p09a");
    provider.claim(id, owner);
    world.settle();
    provider.claim(id, owner);
    assertThat(restarted().read(id).orElseThrow().owner()).contains(owner);
    assertThat(provider.find(owner)).extracting(Machine::id).containsExactly(id);
    Owner other = owner("p09-other");
    assertOwnedByAnother(() -> provider.claim(id, other));
  }

  @Test
  void p09_ofTwoRacingClaimsOneStands() throws Exception {
    MachineId id = unowned();
    List<Owner> rivals = List.of(owner("p09b-1"), owner("p09b-2"), owner("p09b-3"));
    List<Owner> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Optional<Owner>>> calls = new ArrayList<>();
      rivals.forEach(owner -> calls.add(() -> claimed(id, owner)));
      for (Future<Optional<Owner>> call : threads.invokeAll(calls)) {
        call.get().ifPresent(winners::add);
      }
    }
    world.settle();
    assertThat(winners).hasSize(1);
    assertThat(provider.read(id).orElseThrow().owner()).contains(winners.getFirst());
  }

  @Test
  void p09_aReleasedMachineCanBeClaimedAndIsOtherwiseUntouched() {
    MachineRequest request = request("p09c");
    MachineId id = made(request);
    MachineState before = provider.read(id).orElseThrow().state();
    provider.release(id, request.owner());
    world.settle();
    assertThat(provider.find(request.owner())).isEmpty();
    Machine released = provider.read(id).orElseThrow();
    assertThat(released.owner()).isEmpty();
    assertThat(released.state()).isEqualTo(before);
    Owner other = owner("p09d");
    provider.claim(id, other);
    world.settle();
    assertThat(provider.find(other)).extracting(Machine::id).containsExactly(id);
    provider.delete(id, other, false, key(other, "delete"));
  }

  @Test
  void p11_noVerbWaitsForItsResult() {
    MachineRequest request = request("p11");
    long start = System.nanoTime();
    Accepted accepted = provider.create(request);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(VERB_LIMIT);
    assertThat(accepted.pollAfter()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void p12_aChangeThatHoldsAlreadySucceeds() {
    MachineRequest request = request("p12");
    MachineId id = made(request);
    for (int i = 0; i < 2; i++) {
      provider.change(id, request.owner(), tags("red"), key(request.owner(), "tags#" + i));
      world.settle();
      assertThat(provider.read(id).orElseThrow().tags())
          .containsExactlyEntriesOf(Map.of("c", "red"));
    }
  }

  @Test
  void p12_powerIsAStateToReach() {
    assumeTrue(capabilities().power(), "P12 power: excluded by capabilities");
    MachineRequest request = request("p12b");
    MachineId id = made(request);
    for (MachineState wanted : List.of(MachineState.STOPPED, MachineState.RUNNING)) {
      Change change = new Change.Power(wanted == MachineState.RUNNING);
      for (int i = 0; i < 2; i++) {
        provider.change(id, request.owner(), change, key(request.owner(), wanted + "#" + i));
        world.settle();
        assertThat(provider.read(id).orElseThrow().state()).isEqualTo(wanted);
      }
    }
    assertThat(provider.read(id).orElseThrow().addresses()).isNotEmpty();
  }

  @Test
  void p13_aResizeNeverStopsTheMachine() {
    assumeTrue(capabilities().resize() != ResizeMode.NONE, "P13: excluded by capabilities");
    String plan = world.otherPlan().orElseThrow();
    MachineRequest request = request("p13");
    MachineId id = made(request);
    Change resize = new Change.Resize(plan);
    if (capabilities().resize() == ResizeMode.LIVE) {
      provider.change(id, request.owner(), resize, key(request.owner(), "resize"));
    } else {
      assertThat(failure(() -> provider.change(id, request.owner(), resize, request.key())))
          .isInstanceOf(Failure.Transient.class);
      provider.change(id, request.owner(), new Change.Power(false), key(request.owner(), "stop"));
      world.settle();
      provider.change(id, request.owner(), resize, key(request.owner(), "resize"));
      provider.change(id, request.owner(), new Change.Power(true), key(request.owner(), "start"));
    }
    world.settle();
    Machine machine = provider.read(id).orElseThrow();
    assertThat(machine.plan()).isEqualTo(plan);
    assertThat(machine.state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  void p14_aTryThatEndedBeforeItRanIsOverForItsKey() {
    MachineRequest request = request("p14");
    assumeTrue(world.failNextLaunch(), "P14: no launch can be failed in this world");
    provider.create(request);
    world.settle();
    assertThat(provider.find(request.owner())).noneMatch(m -> m.state() == MachineState.RUNNING);
    assertThat(failure(() -> provider.create(request)))
        .isInstanceOfAny(Failure.Permanent.class, Failure.Waiting.class);
    Owner later = next(request.owner());
    MachineId second = made(world.request(later, "p14", 0));
    assertThat(provider.read(second).orElseThrow().state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  void p15_failuresCarryNoUserData() {
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
    Throwable thrown = catchThrowable(() -> provider.create(bad));
    assumeTrue(thrown != null, "P15: this provider takes any plan and image");
    assertThat(thrown).isInstanceOf(ProviderException.class);
    assertThat(thrown.toString()).doesNotContain("canary-secret");
    assertThat(((ProviderException) thrown).failure()).isInstanceOf(Failure.Invalid.class);
    assertThat(provider.find(good.owner())).isEmpty();
  }

  @Test
  void p16_aCapacityFailureMeansThatNothingWasMade() {
    MachineRequest request = request("p16");
    assumeTrue(world.sellOut(), "P16: this world cannot run out of capacity");
    Failure failure = failure(() -> provider.create(request));
    assertThat(failure).isInstanceOf(Failure.Waiting.class);
    assertThat(failure.reason()).isEqualTo("CapacityUnavailable");
    world.settle();
    assertThat(world.machinesOf(request.owner().uid())).isZero();
  }

  @Test
  void p18_whatCapabilitiesExcludeIsInvalidWithItsFieldPath() {
    MachineRequest request = request("p18");
    MachineId id = made(request);
    for (Change change : excluded(capabilities())) {
      Failure failure = failure(() -> provider.change(id, request.owner(), change, request.key()));
      assertThat(failure).as(change.toString()).isInstanceOf(Failure.Invalid.class);
      assertThat(failure.message()).startsWith("spec.");
    }
  }

  @Test
  void p18_userTagsMayNotUseOurPrefix() {
    MachineRequest request = request("p18b");
    MachineId id = made(request);
    Change change = new Change.SetTags(Map.of(Owner.TAG_PREFIX + "uid", "x"));
    assertThat(failure(() -> provider.change(id, request.owner(), change, request.key())))
        .isInstanceOf(Failure.Invalid.class);
  }

  @Test
  void p19_deleteRemovesAllThatCreateMadeAndNothingElse() {
    MachineRequest request = withVolume(request("p19a"));
    MachineRequest neighbour = request("p19-neighbour");
    MachineId id = made(request);
    MachineId other = made(neighbour);
    provider.delete(id, request.owner(), false, key(request.owner(), "delete"));
    world.settle();
    assertThat(provider.find(request.owner())).isEmpty();
    assertThat(provider.read(id).filter(m -> m.owner().isPresent())).isEmpty();
    assertThat(leftoversOf(request)).isEmpty();
    assertThat(provider.read(other)).isPresent();
    assertOneMachine(neighbour);
  }

  @Test
  void p19_keptVolumesAreReportedUntilTheyGo() {
    assumeTrue(capabilities().keepStorage(), "P19 keepStorage: excluded by capabilities");
    MachineRequest request = withVolume(request("p19b"));
    MachineId id = made(request);
    assertThat(provider.read(id).orElseThrow().volumes())
        .singleElement()
        .satisfies(v -> assertThat(v.name() + v.sizeGb()).isEqualTo("data1"));
    provider.delete(id, request.owner(), true, key(request.owner(), "delete"));
    world.settle();
    assertThat(leftoversOf(request)).extracting(Leftover::kind).containsExactly("Volume");
    provider.delete(id, request.owner(), false, key(request.owner(), "purge"));
    assertThat(leftoversOf(request)).isEmpty();
  }

  @Test
  void volumesGrowAndNeverShrink() {
    assumeTrue(capabilities().volumes(), "GrowVolume: excluded by capabilities");
    MachineRequest request = withVolume(request("volumes"));
    MachineId id = made(request);
    provider.change(id, request.owner(), new Change.GrowVolume("data", 3), request.key());
    world.settle();
    assertThat(provider.read(id).orElseThrow().volumes().getFirst().sizeGb()).isEqualTo(3);
    assertThat(
            failure(
                () ->
                    provider.change(
                        id, request.owner(), new Change.GrowVolume("data", 2), request.key())))
        .isInstanceOf(Failure.Invalid.class);
  }

  @Test
  void theListShowsOurMachinesAndTheHotListTheAskedOnes() {
    MachineRequest one = request("list-1");
    MachineRequest two = request("list-2");
    MachineId first = made(one);
    MachineId second = made(two);
    assertThat(provider.list(new ListQuery.All(Optional.empty())).machines())
        .extracting(Machine::id)
        .contains(first, second);
    assertThat(
            provider
                .list(new ListQuery.Hot(Set.of(one.owner().uid()), Optional.empty()))
                .machines())
        .extracting(Machine::id)
        .containsExactly(first);
  }

  @Test
  void aProbeOfAWorkingProviderIsReadyAndItsCatalogueServesTheRequests() {
    assertThat(provider.probe().ready()).as(provider.probe().message()).isTrue();
    MachineRequest request = request("probe");
    assertThat(provider.catalog().zones()).extracting(z -> z.name()).contains(request.zone());
  }

  // ---- words of the tests ----

  private Capabilities capabilities() {
    return provider.capabilities();
  }

  private MachineProvider restarted() {
    MachineProvider next = world.provider();
    opened.add(next);
    return next;
  }

  private static Owner owner(String server) {
    String uid = server + "-" + UUID.randomUUID();
    return new Owner(OPERATOR, "contract", "lab", server, uid, 1);
  }

  private static Owner next(Owner owner) {
    return new Owner(
        owner.operatorId(),
        owner.namespace(),
        owner.workspace(),
        owner.server(),
        owner.uid(),
        owner.incarnation() + 1);
  }

  private MachineRequest request(String server) {
    return world.request(owner(server), server, 0);
  }

  private MachineId made(MachineRequest request) {
    MachineId id = provider.create(request).id();
    world.settle();
    return id;
  }

  private MachineId unowned() {
    Optional<MachineId> id = world.unowned();
    assumeTrue(id.isPresent(), "P9: this world has no machine without owner");
    world.settle();
    return id.get();
  }

  private MachineRequest withVolume(MachineRequest r) {
    if (!capabilities().volumes()) {
      return r;
    }
    StorageRequest storage =
        new StorageRequest(
            r.storage().rootSizeGb(),
            r.storage().rootType(),
            r.storage().encrypted(),
            List.of(new StorageRequest.Disk("data", 1, "/srv/data")));
    return new MachineRequest(
        r.key(),
        r.owner(),
        r.name(),
        r.hostname(),
        r.plan(),
        r.imageId(),
        r.zone(),
        storage,
        r.network(),
        r.userData(),
        r.tags());
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

  private Optional<Owner> claimed(MachineId id, Owner owner) {
    try {
      restartedQuietly().claim(id, owner);
      return Optional.of(owner);
    } catch (ProviderException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Conflict.class);
      return Optional.empty();
    }
  }

  private MachineProvider restartedQuietly() {
    synchronized (opened) {
      return restarted();
    }
  }

  private List<Leftover> leftoversOf(MachineRequest request) {
    return provider.leftovers().stream()
        .filter(left -> left.ownerUid().equals(request.owner().uid()))
        .toList();
  }

  private void assertOneMachine(MachineRequest request) {
    assertThat(world.machinesOf(request.owner().uid())).isEqualTo(1);
    assertThat(provider.find(request.owner())).hasSize(1);
  }

  private static void assertOwnedByAnother(ThrowingCallable call) {
    Failure failure = failure(call);
    assertThat(failure).isInstanceOf(Failure.Conflict.class);
    assertThat(failure.reason()).isEqualTo("OwnedByAnother");
  }

  private static Failure failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ProviderException.class);
    return ((ProviderException) thrown).failure();
  }

  private static Change tags(String colour) {
    return new Change.SetTags(Map.of("c", colour));
  }

  private static IdempotencyKey key(Owner owner, String action) {
    return IdempotencyKey.of(owner.uid(), owner.incarnation(), action);
  }
}
