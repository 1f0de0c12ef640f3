package dev.provisioning.controllers.access;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The objects of one kind as a watch tells them, for all who read them and all who are woken by
 * them. Whoever is told of a change finds that change, or a later one, in here.
 */
final class SharedCache<T extends HasMetadata> implements AutoCloseable {
  private static final String ALL = "";

  private final NamespaceIndex<T> index = new NamespaceIndex<>();

  /** By namespace, or one for {@link #ALL}. */
  private final Map<String, Watched<T>> watched;

  /** Empty {@code namespaces}: all. Returns when everything that exists is in it. */
  SharedCache(KubernetesClient client, Class<T> type, Set<String> namespaces) {
    watched =
        namespaces.isEmpty()
            ? Map.of(ALL, Watched.of(client.resources(type).inAnyNamespace(), index))
            : namespaces.stream()
                .collect(
                    Collectors.toMap(
                        name -> name,
                        name -> Watched.of(client.resources(type).inNamespace(name), index),
                        (one, other) -> one,
                        TreeMap::new));
  }

  private record Watched<T extends HasMetadata>(
      SharedIndexInformer<T> informer, RecentWrites<T> recent, DeafnessCheck<T> check) {
    static <
            T extends HasMetadata,
            O extends Informable<T> & Listable<? extends KubernetesResourceList<T>>>
        Watched<T> of(O objects, NamespaceIndex<T> index) {
      SharedIndexInformer<T> informer = objects.runnableInformer(0);
      // First in line: whoever is told of an object finds it in the index.
      informer.addEventHandler(index);
      // Without this one answer that cannot be read would end the watch for good, and silently.
      informer.exceptionHandler((started, failure) -> started);
      informer.run();
      // The index is told in the background; who is promised a filled cache finds it filled.
      index.addAll(informer.getIndexer().list());
      return new Watched<>(
          informer,
          new RecentWrites<>(informer::lastSyncResourceVersion),
          new DeafnessCheck<>(
              informer::lastSyncResourceVersion,
              informer.getIndexer()::list,
              () -> objects.list().getItems()));
    }

    Optional<T> get(String key) {
      return recent.newest(key, informer.getIndexer().getByKey(key));
    }
  }

  Optional<T> get(String namespace, String name) {
    return at(namespace).flatMap(one -> one.get(Cache.namespaceKeyFunc(namespace, name)));
  }

  /** Sorted by name. */
  List<T> in(String namespace) {
    return at(namespace).stream()
        .flatMap(place -> index.keys(namespace).stream().sorted().map(place::get))
        .flatMap(Optional::stream)
        .toList();
  }

  /** As the watches told them. */
  List<T> all() {
    return watched.values().stream()
        .map(one -> one.informer().getIndexer().list())
        .flatMap(Collection::stream)
        .toList();
  }

  private Optional<Watched<T>> at(String namespace) {
    return Optional.ofNullable(watched.getOrDefault(namespace, watched.get(ALL)));
  }

  /** An own write, to be found before the watch brings it. */
  void written(T object) {
    at(object.getMetadata().getNamespace())
        .ifPresent(
            one -> {
              // The index is told later than the cache: by then the write may be forgotten.
              index.onAdd(object);
              one.recent().add(object);
            });
  }

  /** Told, one after the other, of all that exists and of every change. */
  void onChange(Consumer<Change<T>> told) {
    watched.values().forEach(one -> one.informer().addEventHandler(new Teller<>(told)));
  }

  /** False while a watch is broken and what is here may be old. */
  boolean watching() {
    return watched.values().stream().allMatch(one -> one.informer().isWatching());
  }

  /** See {@link DeafnessCheck#deaf}. Takes as long as the API server needs for an answer. */
  boolean deaf() {
    // Each of them has its look, also after one that is.
    return watched.values().stream().filter(one -> one.check().deaf()).count() > 0;
  }

  @Override
  public void close() {
    watched.values().forEach(one -> one.informer().stop());
  }

  private record Teller<T extends HasMetadata>(Consumer<Change<T>> told)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      told.accept(new Change<>(Optional.empty(), Optional.of(added)));
    }

    @Override
    public void onUpdate(T before, T now) {
      told.accept(new Change<>(Optional.of(before), Optional.of(now)));
    }

    @Override
    public void onDelete(T deleted, boolean stateUnknown) {
      told.accept(new Change<>(Optional.of(deleted), Optional.empty()));
    }
  }
}
