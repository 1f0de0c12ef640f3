package dev.provisioning.controllers.access;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Objects that we wrote, until the watch has got as far: who does not see an own write does it
 * again. A write counts only while its version is beyond the last that the watch has told of, so
 * one whose object went meanwhile does not come back.
 *
 * <p>Versions are decimal numbers that grow over all objects of a kind (Kubernetes, KEP-5504).
 */
final class RecentWrites<T extends HasMetadata> {
  private final Map<String, T> written = new ConcurrentHashMap<>();
  private final Supplier<String> told;

  /** {@code told} gives the version up to which the watch has told everything, or null: nothing. */
  RecentWrites(Supplier<String> told) {
    this.told = told;
  }

  void add(T object) {
    written.values().removeIf(one -> !beyond(version(one), told.get()));
    written.merge(
        Cache.metaNamespaceKeyFunc(object),
        object,
        (one, other) -> beyond(version(one), version(other)) ? one : other);
  }

  /** How many are remembered. */
  int size() {
    return written.size();
  }

  /** The newer of an own write and what is cached, which may be null. */
  Optional<T> newest(String key, T cached) {
    T own = written.get(key);
    boolean newer =
        own != null
            && beyond(version(own), told.get())
            && (cached == null || beyond(version(own), version(cached)));
    return Optional.ofNullable(newer ? own : cached);
  }

  private static String version(HasMetadata object) {
    return object.getMetadata().getResourceVersion();
  }

  /** Digit by digit: versions have no sign, no leading zeros and no bound. */
  private static boolean beyond(String version, String other) {
    if (other == null || version.length() != other.length()) {
      return other == null || version.length() > other.length();
    }
    return version.compareTo(other) > 0;
  }
}
