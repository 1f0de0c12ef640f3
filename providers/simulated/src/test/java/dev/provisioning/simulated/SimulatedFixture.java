package dev.provisioning.simulated;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.testkit.ProviderFixture;
import dev.provisioning.testkit.SmallMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A simulated cloud on a clock that only {@link #settle} moves. */
class SimulatedFixture implements ProviderFixture {
  private static final SmallMachine SMALL =
      new SmallMachine("sim-1x2", "sim-debian-12", "sim-a", true);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final String operator;
  final SimulatedCloud cloud;

  SimulatedFixture(SimulatedSettings settings, String operator) {
    this.operator = operator;
    this.cloud = new SimulatedCloud(this::now, settings);
  }

  synchronized Instant now() {
    return now;
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public MachineProvider provider() {
    return new SimulatedProvider(cloud, operator);
  }

  @Override
  public MachineRequest request(Owner owner, String hostname, int ordinal) {
    return SMALL.request(owner, hostname, ordinal);
  }

  @Override
  public Optional<String> otherPlan() {
    return Optional.of("sim-2x4");
  }

  @Override
  public void settle() {
    pass(Duration.ofSeconds(60));
  }

  @Override
  public Optional<MachineId> unowned() {
    return Optional.of(cloud.addUnowned("found", "sim-1x2", "sim-a"));
  }

  @Override
  public boolean loseNextCreateReply() {
    return next(Fault.LOST_REPLY);
  }

  @Override
  public boolean refuseNextCreate() {
    return next(Fault.BEFORE_SEND);
  }

  private boolean next(Fault fault) {
    long due = cloud.calls(Operation.CREATE);
    Faults faults = (op, count) -> op == Operation.CREATE && count == due ? fault : Fault.NONE;
    cloud.configure(settings -> settings.withFaults(faults));
    return true;
  }

  @Override
  public boolean failNextLaunch() {
    cloud.failNextLaunch("LaunchFailed");
    return true;
  }

  @Override
  public boolean sellOut() {
    cloud.sellOut("sim-1x2", "sim-a");
    return true;
  }

  @Override
  public int machinesOf(String uid) {
    return (int)
        cloud.machines().stream()
            .filter(m -> m.owner().filter(o -> o.uid().equals(uid)).isPresent())
            .count();
  }

  @Override
  public void close() {
    // Garbage collection ends a simulated cloud.
  }
}
