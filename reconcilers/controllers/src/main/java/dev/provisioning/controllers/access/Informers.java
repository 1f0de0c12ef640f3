package dev.provisioning.controllers.access;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The {@link Lookup} of a running operator: one cache per kind and watched namespace. */
public final class Informers implements Lookup, AutoCloseable {
  private final Kind<Workspace> workspaces;
  private final Kind<Server> servers;
  private final Kind<TaskServ> taskServs;
  private final Kind<Cluster> clusters;
  private final Kind<BatchWorkflow> workflows;
  private final Kind<TaskServDefinition> definitions;
  private final Secrets secrets;

  /** Empty {@code namespaces}: all. Returns when every cache is filled. */
  public Informers(KubernetesClient client, Set<String> namespaces, String operatorNamespace) {
    Set<String> shared =
        namespaces.isEmpty()
            ? namespaces
            : Stream.concat(namespaces.stream(), Stream.of(operatorNamespace))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    this.workspaces = Kind.of(client, Workspace.class, namespaces);
    this.servers = Kind.of(client, Server.class, namespaces);
    this.taskServs = Kind.of(client, TaskServ.class, namespaces);
    this.clusters = Kind.of(client, Cluster.class, namespaces);
    this.workflows = Kind.of(client, BatchWorkflow.class, namespaces);
    this.definitions = Kind.of(client, TaskServDefinition.class, shared);
    this.secrets = new Secrets(client);
  }

  public Secrets secrets() {
    return secrets;
  }

  @Override
  public Optional<Workspace> workspace(String namespace, String name) {
    return workspaces.get(namespace, name);
  }

  @Override
  public List<Workspace> workspaces(String namespace) {
    return workspaces.in(namespace);
  }

  @Override
  public Optional<Server> server(String namespace, String name) {
    return servers.get(namespace, name);
  }

  @Override
  public List<Server> servers(String namespace) {
    return servers.in(namespace);
  }

  @Override
  public List<TaskServ> taskServs(String namespace) {
    return taskServs.in(namespace);
  }

  /** Of all namespaces that are watched. */
  public List<TaskServ> taskServs() {
    return taskServs.all();
  }

  @Override
  public List<Cluster> clusters(String namespace) {
    return clusters.in(namespace);
  }

  @Override
  public List<BatchWorkflow> workflows(String namespace) {
    return workflows.in(namespace);
  }

  public Optional<TaskServDefinition> definition(String namespace, String name) {
    return definitions.get(namespace, name);
  }

  @Override
  public List<TaskServDefinition> definitions(String namespace) {
    return definitions.in(namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return secrets.get(namespace, name);
  }

  /** Every resource that is watched and has a status to tell of. */
  public Stream<? extends HasMetadata> all() {
    return Stream.of(workspaces, servers, taskServs, clusters, workflows)
        .flatMap(kind -> kind.all().stream());
  }

  /** Told the namespace whenever what can be in a Workspace comes, goes or changes its spec. */
  public void onResidents(Consumer<String> told) {
    Stream.of(servers, taskServs, clusters, workflows).forEach(kind -> kind.onSpecChange(told));
  }

  /**
   * Told a TaskServ that came or went; of one whose spec changed, both what it was and what it is.
   */
  public void onTaskServs(Consumer<TaskServ> told) {
    taskServs.onSpec(told);
  }

  /** False while a watch is broken and its cache may be old. */
  public boolean watching() {
    return Stream.of(workspaces, servers, taskServs, clusters, workflows, definitions)
        .allMatch(Kind::watching);
  }

  @Override
  public void close() {
    Stream.of(workspaces, servers, taskServs, clusters, workflows, definitions).forEach(Kind::stop);
  }

  /** One cache, or one of each namespace, and what is in which namespace. */
  private record Kind<T extends HasMetadata>(
      List<SharedIndexInformer<T>> informers, NamespaceIndex<T> index) {
    static <T extends HasMetadata> Kind<T> of(
        KubernetesClient client, Class<T> type, Set<String> namespaces) {
      NamespaceIndex<T> index = new NamespaceIndex<>();
      List<SharedIndexInformer<T>> informers = new ArrayList<>();
      if (namespaces.isEmpty()) {
        informers.add(client.resources(type).inAnyNamespace().inform(index));
      } else {
        namespaces.stream()
            .sorted()
            .forEach(name -> informers.add(client.resources(type).inNamespace(name).inform(index)));
      }
      // The index is told in the background; who is promised a filled cache finds it filled.
      informers.forEach(informer -> index.addAll(informer.getIndexer().list()));
      return new Kind<>(List.copyOf(informers), index);
    }

    Optional<T> get(String namespace, String name) {
      return byKey(Cache.namespaceKeyFunc(namespace, name));
    }

    List<T> in(String namespace) {
      return index.keys(namespace).stream()
          .sorted()
          .map(this::byKey)
          .flatMap(Optional::stream)
          .toList();
    }

    private Optional<T> byKey(String key) {
      return informers.stream()
          .map(informer -> informer.getIndexer().getByKey(key))
          .filter(Objects::nonNull)
          .findFirst();
    }

    List<T> all() {
      return informers.stream().flatMap(informer -> informer.getIndexer().list().stream()).toList();
    }

    void onSpecChange(Consumer<String> told) {
      onSpec(one -> told.accept(one.getMetadata().getNamespace()));
    }

    void onSpec(Consumer<T> told) {
      informers.forEach(informer -> informer.addEventHandler(new SpecChanges<>(told)));
    }

    boolean watching() {
      return informers.stream().allMatch(SharedIndexInformer::isWatching);
    }

    void stop() {
      informers.forEach(SharedIndexInformer::stop);
    }
  }

  private record SpecChanges<T extends HasMetadata>(Consumer<T> told)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      told.accept(added);
    }

    @Override
    public void onUpdate(T before, T now) {
      if (!Objects.equals(
          before.getMetadata().getGeneration(), now.getMetadata().getGeneration())) {
        told.accept(before);
        told.accept(now);
      }
    }

    @Override
    public void onDelete(T deleted, boolean stateUnknown) {
      told.accept(deleted);
    }
  }
}
