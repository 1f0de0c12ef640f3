package dev.provisioning.controllers.workflow;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.planning.workflow.ChildFacts;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caches of everything around workflows, and whom a change in them wakes. */
final class WorkflowSources {
  private InformerEventSource<Workspace, BatchWorkflow> workspaces;
  private InformerEventSource<Server, BatchWorkflow> servers;
  private InformerEventSource<TaskServ, BatchWorkflow> taskServs;
  private InformerEventSource<Cluster, BatchWorkflow> clusters;
  private EventSourceContext<BatchWorkflow> context;

  /** Called once, when the controller is registered. */
  List<EventSource<?, BatchWorkflow>> make(EventSourceContext<BatchWorkflow> own) {
    context = own;
    workspaces =
        source(
            Workspace.class,
            (workspace, workflow) -> true,
            (now, old) ->
                !Objects.equals(
                    now.getMetadata().getGeneration(), old.getMetadata().getGeneration()));
    servers = children(Server.class);
    taskServs = children(TaskServ.class);
    clusters = children(Cluster.class);
    return List.of(workspaces, servers, taskServs, clusters);
  }

  private <T extends CustomResource<?, ?>> InformerEventSource<T, BatchWorkflow> children(
      Class<T> type) {
    return source(
        type,
        WorkflowSources::concerns,
        (now, old) -> !ChildSight.of(now).equals(ChildSight.of(old)));
  }

  private <T extends HasMetadata> InformerEventSource<T, BatchWorkflow> source(
      Class<T> type, BiPredicate<T, BatchWorkflow> concerns, BiPredicate<T, T> changed) {
    var configuration =
        InformerEventSourceConfiguration.from(type, BatchWorkflow.class)
            .withName(type.getSimpleName().toLowerCase(Locale.ROOT) + "s")
            .withNamespaces(namespaces())
            .withSecondaryToPrimaryMapper(one -> concerned(one, concerns))
            .withOnUpdateFilter(changed::test)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private Set<String> namespaces() {
    return context
        .getControllerConfiguration()
        .getInformerConfig()
        .getEffectiveNamespaces(context.getControllerConfiguration());
  }

  private <T extends HasMetadata> Set<ResourceID> concerned(
      T one, BiPredicate<T, BatchWorkflow> concerns) {
    return context
        .getPrimaryCache()
        .list(one.getMetadata().getNamespace(), workflow -> concerns.test(one, workflow))
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** An unfinished workflow that names the resource, or runs scripts on it. */
  private static boolean concerns(CustomResource<?, ?> one, BatchWorkflow workflow) {
    if (workflow.getStatus() != null && WorkflowNeeds.ended(workflow.getStatus())) {
      return false;
    }
    ChildFacts facts = ChildSight.of(one);
    return WorkflowNeeds.children(workflow.getSpec(), Optional.ofNullable(workflow.getStatus()))
            .contains(facts.ref())
        || one instanceof Server
            && workflow.getSpec().operations().stream().anyMatch(o -> o.script() != null);
  }

  Stream<BatchWorkflow> workflows(String namespace) {
    return context.getPrimaryCache().list(namespace, each -> true);
  }

  List<Workspace> workspaces(String namespace) {
    return workspaces.list(namespace, each -> true).toList();
  }

  Stream<Server> servers(String namespace) {
    return servers.list(namespace, each -> true);
  }

  Optional<Server> server(String namespace, String name) {
    return servers.get(new ResourceID(name, namespace));
  }

  Optional<TaskServ> taskServ(String namespace, String name) {
    return taskServs.get(new ResourceID(name, namespace));
  }

  Optional<Cluster> cluster(String namespace, String name) {
    return clusters.get(new ResourceID(name, namespace));
  }
}
