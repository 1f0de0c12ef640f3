package dev.provisioning.simulated;

import dev.provisioning.spi.model.Capabilities.ResizeMode;
import java.time.Duration;

/**
 * How a {@link SimulatedCloud} behaves.
 *
 * @param bootLag from create or power on to Running
 * @param stopLag from power off to Stopped
 * @param deleteLag from delete until the machine is denied; it shows as Deleting meanwhile
 * @param visibilityLag from any effect until reads show it (an eventually consistent API)
 * @param createOnce whether the key makes a create idempotent, as a client token does
 * @param resize whether a machine must be stopped to change its plan
 * @param maxMachines quota; one more is {@code Waiting(QuotaExceeded)}
 */
public record SimulatedSettings(
    Duration bootLag,
    Duration stopLag,
    Duration deleteLag,
    Duration visibilityLag,
    boolean createOnce,
    ResizeMode resize,
    int maxMachines,
    Faults faults) {
  /** No lag, no faults, no quota below the address range. */
  public static SimulatedSettings instant() {
    return new SimulatedSettings(
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        true,
        ResizeMode.LIVE,
        Addresses.SIZE,
        Faults.none());
  }

  /** Like a public cloud: 20 s to boot, 5 s until reads show an effect, resize when stopped. */
  public static SimulatedSettings cloudlike() {
    return instant()
        .withLags(Duration.ofSeconds(20), Duration.ofSeconds(5))
        .withResize(ResizeMode.STOPPED);
  }

  /** Stop and delete take half as long as the boot. */
  public SimulatedSettings withLags(Duration boot, Duration visibility) {
    Duration half = boot.dividedBy(2);
    return new SimulatedSettings(
        boot, half, half, visibility, createOnce, resize, maxMachines, faults);
  }

  public SimulatedSettings withFaults(Faults other) {
    return new SimulatedSettings(
        bootLag, stopLag, deleteLag, visibilityLag, createOnce, resize, maxMachines, other);
  }

  public SimulatedSettings withResize(ResizeMode other) {
    return new SimulatedSettings(
        bootLag, stopLag, deleteLag, visibilityLag, createOnce, other, maxMachines, faults);
  }

  public SimulatedSettings withCreateOnce(boolean other) {
    return new SimulatedSettings(
        bootLag, stopLag, deleteLag, visibilityLag, other, resize, maxMachines, faults);
  }

  public SimulatedSettings withMaxMachines(int other) {
    return new SimulatedSettings(
        bootLag, stopLag, deleteLag, visibilityLag, createOnce, resize, other, faults);
  }
}
