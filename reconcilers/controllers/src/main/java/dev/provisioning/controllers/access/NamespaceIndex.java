package dev.provisioning.controllers.access;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of a cache by namespace. A cache's own index takes a key out and puts it in again at
 * every update, and a reader in between misses an object that exists; this one changes only when an
 * object comes or goes. A key may be here shortly after its object went: the cache says so.
 */
final class NamespaceIndex<T extends HasMetadata> implements ResourceEventHandler<T> {
  private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();

  /** What a cache held before it told of its changes. */
  void addAll(Collection<T> present) {
    present.forEach(this::onAdd);
  }

  Set<String> keys(String namespace) {
    return keys.getOrDefault(namespace, Set.of());
  }

  @Override
  public void onAdd(T added) {
    keys.computeIfAbsent(
            added.getMetadata().getNamespace(), namespace -> ConcurrentHashMap.newKeySet())
        .add(Cache.metaNamespaceKeyFunc(added));
  }

  @Override
  public void onUpdate(T before, T now) {
    onAdd(now);
  }

  @Override
  public void onDelete(T deleted, boolean stateUnknown) {
    keys(deleted.getMetadata().getNamespace()).remove(Cache.metaNamespaceKeyFunc(deleted));
  }
}
