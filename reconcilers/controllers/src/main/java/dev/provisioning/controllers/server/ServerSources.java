package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.engine.Waker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What wakes a Server beside itself: its Workspace, and services that let go of it. */
final class ServerSources {
  private final Waker<Server> waker;

  ServerSources(Waker<Server> waker) {
    this.waker = waker;
  }

  List<EventSource<?, Server>> make(EventSourceContext<Server> context) {
    return List.of(
        source(context, Workspace.class, server -> true),
        source(context, TaskServ.class, Server::isMarkedForDeletion));
  }

  private <T extends HasMetadata> InformerEventSource<T, Server> source(
      EventSourceContext<Server> context, Class<T> type, Predicate<Server> concerns) {
    var configuration =
        InformerEventSourceConfiguration.from(type, Server.class)
            .withName(type.getSimpleName().toLowerCase(Locale.ROOT) + "s")
            .withNamespaces(
                context
                    .getControllerConfiguration()
                    .getInformerConfig()
                    .getEffectiveNamespaces(context.getControllerConfiguration()))
            .withSecondaryToPrimaryMapper(one -> concerned(context, one, concerns))
            .withOnUpdateFilter(ServerSources::changed)
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  /** Woken twice: facts are read from a cache of its own, which may learn of it a little later. */
  private <T extends HasMetadata> Set<ResourceID> concerned(
      EventSourceContext<Server> context, T one, Predicate<Server> concerns) {
    Set<ResourceID> ids =
        context
            .getPrimaryCache()
            .list(one.getMetadata().getNamespace(), concerns)
            .map(ResourceID::fromResource)
            .collect(Collectors.toSet());
    ids.forEach(waker::wakeSoon);
    return ids;
  }

  private static boolean changed(HasMetadata now, HasMetadata old) {
    return !Objects.equals(now.getMetadata().getGeneration(), old.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), old.getMetadata().getDeletionTimestamp())
        || !machines(now).equals(machines(old));
  }

  /** Where a service is: it let go of a machine when that is not among them any more. */
  private static List<String> machines(HasMetadata one) {
    return one instanceof TaskServ taskServ && taskServ.getStatus() != null
        ? taskServ.getStatus().servers().stream().map(MemberStatus::name).toList()
        : List.of();
  }
}
