package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.Set;

/**
 * What a provider can do. {@code settleWindow}: within this time of an effect, absence proves
 * nothing (P5). {@code createOnce}: two creates with one key make one machine (P1).
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

  public enum ResizeMode {
    NONE,
    STOPPED,
    LIVE
  }
}
