package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caches of everything around TaskServs, and whom a change in them wakes. */
final class TaskServSources implements Caches {
  private final String operatorNamespace;
  private InformerEventSource<Workspace, TaskServ> workspaces;
  private InformerEventSource<Server, TaskServ> servers;
  private InformerEventSource<TaskServ, TaskServ> peers;
  private InformerEventSource<TaskServDefinition, TaskServ> definitions;
  private InformerEventSource<Secret, TaskServ> secrets;

  TaskServSources(String operatorNamespace) {
    this.operatorNamespace = operatorNamespace;
  }

  /** Whom an object wakes, and which of its changes do. */
  private record Wake<T>(
      BiPredicate<T, TaskServ> concerns, BiPredicate<T, T> changed, boolean alsoOperators) {}

  /** Called once, when the controller is registered. */
  List<EventSource<?, TaskServ>> make(EventSourceContext<TaskServ> context) {
    workspaces =
        source(
            context,
            Workspace.class,
            new Wake<>((w, taskServ) -> true, TaskServSources::specChanged, false));
    servers = source(context, Server.class, new Wake<>(Face::concerns, Face::changed, false));
    peers = source(context, TaskServ.class, new Wake<>(Face::concerns, Face::changed, false));
    definitions =
        source(
            context,
            TaskServDefinition.class,
            new Wake<>((d, taskServ) -> true, Face::changed, true));
    secrets =
        source(
            context,
            Secret.class,
            new Wake<>(this::mentions, (old, now) -> !old.getData().equals(now.getData()), false));
    return List.of(workspaces, servers, peers, definitions, secrets);
  }

  private <T extends HasMetadata> InformerEventSource<T, TaskServ> source(
      EventSourceContext<TaskServ> context, Class<T> type, Wake<T> wake) {
    var configuration =
        InformerEventSourceConfiguration.from(type, TaskServ.class)
            .withName(type.getSimpleName().toLowerCase(java.util.Locale.ROOT) + "s")
            .withNamespaces(namespaces(context, wake.alsoOperators()))
            .withSecondaryToPrimaryMapper(one -> concerned(context, one, wake))
            .withOnUpdateFilter((now, old) -> wake.changed().test(old, now))
            .build();
    return new InformerEventSource<>(configuration, context);
  }

  private Set<String> namespaces(EventSourceContext<TaskServ> context, boolean alsoOperators) {
    Set<String> watched =
        new HashSet<>(
            context
                .getControllerConfiguration()
                .getInformerConfig()
                .getEffectiveNamespaces(context.getControllerConfiguration()));
    if (alsoOperators && !watched.contains(Constants.WATCH_ALL_NAMESPACES)) {
      watched.add(operatorNamespace);
    }
    return watched;
  }

  /** Definitions of the operator's namespace concern all namespaces, others only their own. */
  private <T extends HasMetadata> Set<ResourceID> concerned(
      EventSourceContext<TaskServ> context, T one, Wake<T> wake) {
    String namespace = one.getMetadata().getNamespace();
    boolean everywhere = wake.alsoOperators() && operatorNamespace.equals(namespace);
    Predicate<TaskServ> concerns = taskServ -> wake.concerns().test(one, taskServ);
    Stream<TaskServ> candidates =
        everywhere
            ? context.getPrimaryCache().list(concerns)
            : context.getPrimaryCache().list(namespace, concerns);
    return candidates.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static boolean specChanged(HasMetadata old, HasMetadata now) {
    return !old.getMetadata().getGeneration().equals(now.getMetadata().getGeneration());
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
    return in(workspaces, namespace);
  }

  @Override
  public List<Server> servers(String namespace) {
    return in(servers, namespace);
  }

  @Override
  public List<TaskServ> taskServs(String namespace) {
    return in(peers, namespace);
  }

  @Override
  public List<TaskServDefinition> definitions(String namespace) {
    return in(definitions, namespace);
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return secrets.get(new ResourceID(name, namespace));
  }

  /** Our own write, in the cache before the watch brings it. */
  void remember(Secret written) {
    secrets.handleRecentResourceCreate(ResourceID.fromResource(written), written);
  }

  private static <T extends HasMetadata> List<T> in(
      InformerEventSource<T, TaskServ> source, String namespace) {
    return source.list(namespace, one -> true).toList();
  }
}
