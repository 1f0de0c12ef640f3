package dev.provisioning.controllers.access;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Notices a watch that tells nothing any more, though things happen: its connection is dead at the
 * other end and nobody said so, or nobody opened the next one. What it should have told is looked
 * for only when it has been silent for some time: mostly a bookmark comes every minute.
 */
final class DeafnessCheck<T extends HasMetadata> {
  private static final int SILENT = 3;

  private final Supplier<String> heard;
  private final Supplier<Collection<T>> known;
  private final Supplier<Collection<T>> there;
  private String last = "";
  private int looks;
  private boolean missed;

  /**
   * @param heard resourceVersion of what the watch told last, bookmarks too
   * @param known as the watch told it
   * @param there as the API server has it
   */
  DeafnessCheck(
      Supplier<String> heard, Supplier<Collection<T>> known, Supplier<Collection<T>> there) {
    this.heard = heard;
    this.known = known;
    this.there = there;
  }

  /**
   * One look, some minute after the one before. True: what was there at the look before has still
   * not been told, and nothing else has.
   */
  boolean deaf() {
    String now = heard.get();
    if (!Objects.equals(now, last)) {
      last = now;
      looks = 0;
      missed = false;
      return false;
    }
    looks++;
    boolean before = missed;
    missed = (before || looks % SILENT == 0) && missesSomething();
    return before && missed;
  }

  private boolean missesSomething() {
    try {
      return !versions(there.get()).equals(versions(known.get()));
    } catch (KubernetesClientException e) {
      return false; // Whoever cannot be asked has nothing to tell either.
    }
  }

  /** Sorted by namespace and name. */
  static <T extends HasMetadata> Map<String, String> versions(Collection<T> objects) {
    Map<String, String> versions = new TreeMap<>();
    objects.forEach(
        object ->
            versions.put(
                Cache.metaNamespaceKeyFunc(object), object.getMetadata().getResourceVersion()));
    return versions;
  }
}
