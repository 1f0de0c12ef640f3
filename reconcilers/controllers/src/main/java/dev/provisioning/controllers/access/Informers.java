package dev.provisioning.controllers.access;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@link Lookup} of a running operator: one cache per kind and watched namespace, which all
 * controllers read and by whose changes they are woken.
 */
public final class Informers implements Lookup, AutoCloseable {
  private static final List<Class<? extends HasMetadata>> RESIDENTS =
      List.of(Server.class, TaskServ.class, Cluster.class, BatchWorkflow.class);
  private static final List<Class<? extends HasMetadata>> DEFINITIONS =
      List.of(TaskServDefinition.class, ClusterDefinition.class);

  private final Map<Class<?>, SharedCache<?>> caches = new HashMap<>();
  private final Map<Class<?>, DeafnessCheck<?>> others = new HashMap<>();
  private final Secrets secrets;
  private final Set<String> namespaces;

  /** Empty {@code namespaces}: all. Returns when every cache is filled. */
  public Informers(KubernetesClient client, Set<String> namespaces, String operatorNamespace) {
    Set<String> shared =
        namespaces.isEmpty()
            ? namespaces
            : Stream.concat(namespaces.stream(), Stream.of(operatorNamespace))
                .collect(Collectors.toUnmodifiableSet());
    caches.put(Workspace.class, new SharedCache<>(client, Workspace.class, namespaces));
    RESIDENTS.forEach(type -> caches.put(type, new SharedCache<>(client, type, namespaces)));
    DEFINITIONS.forEach(type -> caches.put(type, new SharedCache<>(client, type, shared)));
    this.secrets = new Secrets(client);
    this.namespaces = Set.copyOf(namespaces);
  }

  /** Each key is the type of what its cache holds: see the constructor. */
  @SuppressWarnings("unchecked")
  private <T extends HasMetadata> SharedCache<T> cache(Class<T> type) {
    return (SharedCache<T>) caches.get(type);
  }

  public Secrets secrets() {
    return secrets;
  }

  @Override
  public Optional<Workspace> workspace(String namespace, String name) {
    return cache(Workspace.class).get(namespace, name);
  }

  @Override
  public List<Workspace> workspaces(String namespace) {
    return cache(Workspace.class).in(namespace);
  }

  @Override
  public Optional<Server> server(String namespace, String name) {
    return cache(Server.class).get(namespace, name);
  }

  @Override
  public List<Server> servers(String namespace) {
    return cache(Server.class).in(namespace);
  }

  public Optional<TaskServ> taskServ(String namespace, String name) {
    return cache(TaskServ.class).get(namespace, name);
  }

  @Override
  public List<TaskServ> taskServs(String namespace) {
    return cache(TaskServ.class).in(namespace);
  }

  /** Of all namespaces that are watched. */
  public List<TaskServ> taskServs() {
    return cache(TaskServ.class).all();
  }

  public Optional<Cluster> cluster(String namespace, String name) {
    return cache(Cluster.class).get(namespace, name);
  }

  @Override
  public List<Cluster> clusters(String namespace) {
    return cache(Cluster.class).in(namespace);
  }

  @Override
  public List<BatchWorkflow> workflows(String namespace) {
    return cache(BatchWorkflow.class).in(namespace);
  }

  public Optional<TaskServDefinition> definition(String namespace, String name) {
    return cache(TaskServDefinition.class).get(namespace, name);
  }

  @Override
  public List<TaskServDefinition> definitions(String namespace) {
    return cache(TaskServDefinition.class).in(namespace);
  }

  public List<ClusterDefinition> clusterDefinitions(String namespace) {
    return cache(ClusterDefinition.class).in(namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return secrets.get(namespace, name);
  }

  /** Every resource that is watched and has a status to tell of. */
  public Stream<? extends HasMetadata> all() {
    return Stream.concat(Stream.of(Workspace.class), RESIDENTS.stream())
        .flatMap(type -> cache(type).all().stream());
  }

  /**
   * Told, one after the other, of all that exists of a kind and of every change. Whoever is told
   * finds the change, or a later one, when it reads here.
   */
  public <T extends HasMetadata> void onChange(Class<T> type, Consumer<Change<T>> told) {
    cache(type).onChange(told);
  }

  /** Told the namespace whenever what can be in a Workspace comes, goes or changes its spec. */
  public void onResidents(Consumer<String> told) {
    RESIDENTS.forEach(type -> onSpec(type, one -> told.accept(one.getMetadata().getNamespace())));
  }

  /**
   * Told a TaskServ that came or went; of one whose spec changed, both what it was and what it is.
   */
  public void onTaskServs(Consumer<TaskServ> told) {
    onSpec(TaskServ.class, told);
  }

  private <T extends HasMetadata> void onSpec(Class<T> type, Consumer<T> told) {
    onChange(
        type,
        change -> {
          if (change.matters(Change::ofSpec)) {
            change.before().ifPresent(told);
            change.now().ifPresent(told);
          }
        });
  }

  /** What we wrote ourselves, to be found here before the watch brings it. */
  @SuppressWarnings("unchecked")
  public <T extends HasMetadata> void written(T object) {
    cache((Class<T>) object.getClass()).written(object);
  }

  /** False while a watch is broken and its cache may be old. */
  public boolean watching() {
    return caches.values().stream().allMatch(SharedCache::watching);
  }

  /** Another cache of a kind and of the same namespaces: {@link #deaf} looks at it, too. */
  public <T extends HasMetadata> void compare(Class<T> type, Supplier<List<T>> known) {
    others.put(
        type,
        new DeafnessCheck<>(
            () -> DeafnessCheck.versions(known.get()).toString(),
            known::get,
            () -> cache(type).all().stream().filter(this::isWatched).toList()));
  }

  /** Definitions are read in the operator's namespace, too. */
  private boolean isWatched(HasMetadata object) {
    return namespaces.isEmpty() || namespaces.contains(object.getMetadata().getNamespace());
  }

  /**
   * A kind of which a watch tells nothing any more though there was something to tell: see {@link
   * DeafnessCheck#deaf}.
   */
  public Optional<Class<?>> deaf() {
    List<Class<?>> found = new ArrayList<>();
    caches.forEach((type, cache) -> found.addAll(cache.deaf() ? List.of(type) : List.of()));
    others.forEach((type, check) -> found.addAll(check.deaf() ? List.of(type) : List.of()));
    return found.stream().findFirst();
  }

  @Override
  public void close() {
    caches.values().forEach(SharedCache::close);
  }
}
