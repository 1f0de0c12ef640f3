package dev.provisioning.testkit;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import java.util.Optional;

/**
 * One test's world of a provider: an account (or engine, or hosts) that outlives provider
 * instances. What a world cannot do it answers with empty, and the contract reports the rules that
 * this leaves unproven.
 */
public interface ProviderFixture extends AutoCloseable {
  /** A new instance on the same world: another one is a restarted operator. */
  MachineProvider provider();

  /** A request that this world can serve; the machine is small. */
  MachineRequest request(Owner owner, String hostname, int ordinal);

  /** Another plan than {@link #request} names, of the same zone and architecture. */
  Optional<String> otherPlan();

  /** Lets time pass (a clock, or really) until earlier effects are done and seen by reads. */
  void settle();

  /** A running machine without owner. */
  Optional<MachineId> unowned();

  /** The next create does its work and its answer is lost; false: this world cannot. */
  boolean loseNextCreateReply();

  /** The next create fails before anything is sent; false: this world cannot. */
  boolean refuseNextCreate();

  /** The next create is accepted and its machine ends before it ran; false: this world cannot. */
  boolean failNextLaunch();

  /** There is no capacity for {@link #request}'s plan from now on; false: this world cannot. */
  boolean sellOut();

  /** How many machines exist, by the world's own account, that carry this uid. */
  int machinesOf(String uid);

  /** Whether a Server can have one machine only, because its machine exists already. */
  default boolean oneMachinePerServer() {
    return false;
  }

  /** Removes everything that this test made. */
  @Override
  void close();
}
