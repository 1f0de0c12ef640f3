package dev.provisioning.controllers.access;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.Comparator;
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

  @Override
  public List<TaskServDefinition> definitions(String namespace) {
    return definitions.in(namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return secrets.get(namespace, name);
  }

  /** Told the namespace whenever a Server or TaskServ in it comes, goes or changes its spec. */
  public void onResidents(Consumer<String> told) {
    servers.onSpecChange(told);
    taskServs.onSpecChange(told);
  }

  /** False while a watch is broken and its cache may be old. */
  public boolean watching() {
    return Stream.of(workspaces, servers, taskServs, definitions).allMatch(Kind::watching);
  }

  @Override
  public void close() {
    Stream.of(workspaces, servers, taskServs, definitions).forEach(Kind::stop);
  }

  private record Kind<T extends HasMetadata>(List<SharedIndexInformer<T>> informers) {
    static <T extends HasMetadata> Kind<T> of(
        KubernetesClient client, Class<T> type, Set<String> namespaces) {
      if (namespaces.isEmpty()) {
        return new Kind<>(List.of(client.resources(type).inAnyNamespace().inform()));
      }
      List<SharedIndexInformer<T>> informers = new ArrayList<>();
      namespaces.stream()
          .sorted()
          .forEach(name -> informers.add(client.resources(type).inNamespace(name).inform()));
      return new Kind<>(informers);
    }

    Optional<T> get(String namespace, String name) {
      String key = Cache.namespaceKeyFunc(namespace, name);
      return informers.stream()
          .map(informer -> informer.getIndexer().getByKey(key))
          .filter(Objects::nonNull)
          .findFirst();
    }

    List<T> in(String namespace) {
      return informers.stream()
          .flatMap(
              informer -> informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace).stream())
          .sorted(Comparator.comparing(each -> each.getMetadata().getName()))
          .toList();
    }

    void onSpecChange(Consumer<String> told) {
      informers.forEach(informer -> informer.addEventHandler(new SpecChanges<>(told)));
    }

    boolean watching() {
      return informers.stream().allMatch(SharedIndexInformer::isWatching);
    }

    void stop() {
      informers.forEach(SharedIndexInformer::stop);
    }
  }

  private record SpecChanges<T extends HasMetadata>(Consumer<String> told)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      told.accept(added.getMetadata().getNamespace());
    }

    @Override
    public void onUpdate(T before, T now) {
      if (!Objects.equals(
          before.getMetadata().getGeneration(), now.getMetadata().getGeneration())) {
        told.accept(now.getMetadata().getNamespace());
      }
    }

    @Override
    public void onDelete(T deleted, boolean stateUnknown) {
      told.accept(deleted.getMetadata().getNamespace());
    }
  }
}
