package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Informers;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The shared caches, and one of Secrets of its own with whom a change in it wakes. */
final class TaskServCaches implements Caches {
  private final Informers informers;
  private InformerEventSource<Secret, TaskServ> secrets;

  TaskServCaches(Informers informers) {
    this.informers = informers;
  }

  /** Called once, when the controller is registered. */
  InformerEventSource<Secret, TaskServ> make(EventSourceContext<TaskServ> context) {
    var own = context.getControllerConfiguration();
    var configuration =
        InformerEventSourceConfiguration.from(Secret.class, TaskServ.class)
            .withName("secrets")
            .withNamespaces(own.getInformerConfig().getEffectiveNamespaces(own))
            .withSecondaryToPrimaryMapper(secret -> concerned(context, secret))
            .withOnUpdateFilter((now, old) -> !old.getData().equals(now.getData()))
            .build();
    secrets = new InformerEventSource<>(configuration, context);
    return secrets;
  }

  private Set<ResourceID> concerned(EventSourceContext<TaskServ> context, Secret secret) {
    return context
        .getPrimaryCache()
        .list(secret.getMetadata().getNamespace(), taskServ -> mentions(secret, taskServ))
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private boolean mentions(Secret secret, TaskServ taskServ) {
    String name = secret.getMetadata().getName();
    return name.startsWith(taskServ.getMetadata().getName() + "-")
        || SecretMentions.in(taskServ.getSpec().config().values(), name)
        || workspaces(secret.getMetadata().getNamespace()).stream()
            .anyMatch(workspace -> SecretMentions.in(workspace.getSpec(), name));
  }

  @Override
  public List<Workspace> workspaces(String namespace) {
    return informers.workspaces(namespace);
  }

  @Override
  public List<Server> servers(String namespace) {
    return informers.servers(namespace);
  }

  @Override
  public List<TaskServ> taskServs(String namespace) {
    return informers.taskServs(namespace);
  }

  @Override
  public List<TaskServDefinition> definitions(String namespace) {
    return informers.definitions(namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return secrets.get(new ResourceID(name, namespace));
  }

  /** Our own write, in the cache before the watch brings it. */
  void remember(Secret written) {
    secrets.handleRecentResourceCreate(ResourceID.fromResource(written), written);
  }
}
