package dev.provisioning.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one service is proven.
 *
 * @param before services that must be there first, on all machines, with their configuration
 * @param machines how many are booted; the service is used on the first
 * @param everywhere whether the service is on all of them, or on the first alone
 * @param config as a person writes it, in YAML
 * @param changed the same with one key changed
 * @param touched the units that this change restarts; none when a reload is enough
 * @param pinned packages of which an older version is installed first, and upgraded later
 */
record Proof(
    String service,
    Map<String, String> before,
    int machines,
    boolean everywhere,
    String config,
    String changed,
    Set<String> touched,
    List<String> pinned) {

  static Proof of(String service, String config, String changed, String... touched) {
    return new Proof(service, Map.of(), 1, true, config, changed, Set.of(touched), List.of());
  }

  /** On {@code count} machines. */
  Proof on(int count) {
    return new Proof(service, before, count, everywhere, config, changed, touched, pinned);
  }

  /** Alone on the first of {@code count} machines. */
  Proof besides(int count) {
    return new Proof(service, before, count, false, config, changed, touched, pinned);
  }

  Proof after(String needed) {
    return after(needed, "{}");
  }

  Proof after(String needed, String configuration) {
    var all = new LinkedHashMap<>(before);
    all.put(needed, configuration);
    return new Proof(service, all, machines, everywhere, config, changed, touched, pinned);
  }

  /** Begins with the oldest version of these packages that the distribution still has. */
  Proof upgrading(String... packages) {
    return new Proof(
        service, before, machines, everywhere, config, changed, touched, List.of(packages));
  }

  @Override
  public String toString() {
    return service;
  }
}
