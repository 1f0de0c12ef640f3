package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The caches of everything around Clusters, and whom a change in them wakes. A pass reads from the
 * very caches whose changes wake Clusters: with others it could read too early.
 */
final class ClusterSources {
  private final String operatorNamespace;
  private InformerEventSource<Workspace, Cluster> workspaces;
  private InformerEventSource<Server, Cluster> servers;
  private InformerEventSource<TaskServ, Cluster> taskServs;
  private InformerEventSource<TaskServDefinition, Cluster> services;
  private InformerEventSource<ClusterDefinition, Cluster> definitions;

  ClusterSources(String operatorNamespace) {
    this.operatorNamespace = operatorNamespace;
  }

  /** Called once, when the controller is registered. */
  List<EventSource<?, Cluster>> make(EventSourceContext<Cluster> context) {
    workspaces = around(context, Workspace.class, false);
    services = around(context, TaskServDefinition.class, true);
    definitions = around(context, ClusterDefinition.class, true);
    servers = children(context, Server.class);
    taskServs = children(context, TaskServ.class);
    return List.of(workspaces, services, definitions, servers, taskServs);
  }

  /** A change of what a Cluster owns wakes its owner. */
  private static <T extends HasMetadata> InformerEventSource<T, Cluster> children(
      EventSourceContext<Cluster> context, Class<T> type) {
    var configuration =
        InformerEventSourceConfiguration.from(type, Cluster.class)
            .withName(name(type))
            .withNamespaces(namespaces(context))
            .withSecondaryToPrimaryMapper(ClusterSources::owner)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private static <T extends HasMetadata> Set<ResourceID> owner(T child) {
    return child.getMetadata().getOwnerReferences().stream()
        .filter(reference -> reference.getKind().equals("Cluster"))
        .map(reference -> new ResourceID(reference.getName(), child.getMetadata().getNamespace()))
        .collect(Collectors.toSet());
  }

  /** A new spec of anything else wakes all Clusters that may use it. */
  private <T extends HasMetadata> InformerEventSource<T, Cluster> around(
      EventSourceContext<Cluster> context, Class<T> type, boolean alsoOperators) {
    Set<String> watched = new HashSet<>(namespaces(context));
    if (alsoOperators && !watched.contains(Constants.WATCH_ALL_NAMESPACES)) {
      watched.add(operatorNamespace);
    }
    BiPredicate<T, T> newSpec =
        (now, old) ->
            !Objects.equals(now.getMetadata().getGeneration(), old.getMetadata().getGeneration());
    var configuration =
        InformerEventSourceConfiguration.from(type, Cluster.class)
            .withName(name(type))
            .withNamespaces(watched)
            .withSecondaryToPrimaryMapper(one -> concerned(context, one, alsoOperators))
            .withOnUpdateFilter(newSpec::test)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  /** What is in the operator's namespace concerns all namespaces, else only its own. */
  private <T extends HasMetadata> Set<ResourceID> concerned(
      EventSourceContext<Cluster> context, T one, boolean alsoOperators) {
    String namespace = one.getMetadata().getNamespace();
    boolean everywhere = alsoOperators && operatorNamespace.equals(namespace);
    Stream<Cluster> clusters =
        everywhere
            ? context.getPrimaryCache().list(any -> true)
            : context.getPrimaryCache().list(namespace, any -> true);
    return clusters.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT) + "s";
  }

  private static Set<String> namespaces(EventSourceContext<Cluster> context) {
    return context
        .getControllerConfiguration()
        .getInformerConfig()
        .getEffectiveNamespaces(context.getControllerConfiguration());
  }

  List<Workspace> workspaces(String namespace) {
    return in(workspaces, namespace);
  }

  List<Server> servers(String namespace) {
    return in(servers, namespace);
  }

  List<TaskServ> taskServs(String namespace) {
    return in(taskServs, namespace);
  }

  List<TaskServDefinition> services(String namespace) {
    return in(services, namespace);
  }

  List<ClusterDefinition> definitions(String namespace) {
    return in(definitions, namespace);
  }

  private static <T extends HasMetadata> List<T> in(
      InformerEventSource<T, Cluster> source, String namespace) {
    return source.list(namespace, one -> true).toList();
  }

  /** Our own writes, in the cache before the watch brings them. */
  void created(HasMetadata child) {
    ResourceID id = ResourceID.fromResource(child);
    switch (child) {
      case Server server -> servers.handleRecentResourceCreate(id, server);
      case TaskServ taskServ -> taskServs.handleRecentResourceCreate(id, taskServ);
      default -> throw new IllegalArgumentException("not a child: " + child.getKind());
    }
  }

  void updated(HasMetadata child, HasMetadata before) {
    ResourceID id = ResourceID.fromResource(child);
    switch (child) {
      case Server server -> servers.handleRecentResourceUpdate(id, server, (Server) before);
      case TaskServ taskServ ->
          taskServs.handleRecentResourceUpdate(id, taskServ, (TaskServ) before);
      default -> throw new IllegalArgumentException("not a child: " + child.getKind());
    }
  }
}
