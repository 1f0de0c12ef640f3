package dev.provisioning.proof;

import java.util.List;
import java.util.Set;

/**
 * How one service is proven.
 *
 * @param before services that must be there first, on all machines
 * @param machines how many are booted; the service is used on the first
 * @param everywhere whether the service is on all of them, or on the first alone
 * @param config as a person writes it, in YAML
 * @param changed the same with one key changed
 * @param touched the units that this change restarts; none when a reload is enough
 */
record Proof(
    String service,
    List<String> before,
    int machines,
    boolean everywhere,
    String config,
    String changed,
    Set<String> touched) {

  static Proof of(String service, String config, String changed, String... touched) {
    return new Proof(service, List.of(), 1, true, config, changed, Set.of(touched));
  }

  /** On {@code count} machines. */
  Proof on(int count) {
    return new Proof(service, before, count, everywhere, config, changed, touched);
  }

  /** Alone on the first of {@code count} machines. */
  Proof besides(int count) {
    return new Proof(service, before, count, false, config, changed, touched);
  }

  Proof after(String... services) {
    return new Proof(service, List.of(services), machines, everywhere, config, changed, touched);
  }

  @Override
  public String toString() {
    return service;
  }
}
