package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.Set;

/**
 * What a provider can do. What it excludes is refused with its field path before anything is asked
 * of the provider (P18).
 *
 * @param createOnce two creates with one key make one machine (P1)
 * @param power machines can be stopped and started
 * @param keepStorage data volumes can outlive their machine
 * @param cloudInit user data of a create reaches the machine
 * @param architectures in Debian's words (amd64, arm64)
 * @param settleWindow within this time of an effect, absence proves nothing (P5)
 */
public record Capabilities(
    boolean createOnce,
    ResizeMode resize,
    boolean power,
    boolean firewall,
    boolean volumes,
    boolean encryption,
    boolean keepStorage,
    boolean console,
    boolean ipv6,
    boolean cloudInit,
    Set<String> architectures,
    Duration settleWindow) {
  public Capabilities {
    architectures = Set.copyOf(architectures);
  }

  /** Whether a machine can get another plan: never, only when stopped, also while it runs. */
  public enum ResizeMode {
    NONE,
    STOPPED,
    LIVE
  }
}
