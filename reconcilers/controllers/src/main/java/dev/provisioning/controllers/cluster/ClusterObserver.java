package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.controllers.access.ServiceDefinitions;
import dev.provisioning.controllers.engine.Observer;
import dev.provisioning.controllers.server.Offers;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.cluster.ClusterInput;
import dev.provisioning.planning.cluster.ClusterWorld;
import dev.provisioning.planning.cluster.PoolWishes;
import dev.provisioning.planning.cluster.Quote;
import dev.provisioning.planning.cluster.ServerChild;
import dev.provisioning.planning.cluster.TaskServChild;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.planning.workspace.Rules;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads what is around a Cluster from caches, and asks for prices now and then. */
final class ClusterObserver implements Observer<Cluster, ClusterInput> {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Informers informers;
  private final Offers offers;
  private final String operatorNamespace;

  ClusterObserver(Informers informers, Offers offers, String operatorNamespace) {
    this.informers = informers;
    this.offers = offers;
    this.operatorNamespace = operatorNamespace;
  }

  @Override
  public ClusterInput observe(Cluster cluster, Ledger ledger, Instant now) {
    return new ClusterInput(
        Refs.of(cluster), cluster.getSpec(), cluster.getStatus(), world(cluster), ledger, now);
  }

  private ClusterWorld world(Cluster cluster) {
    String namespace = cluster.getMetadata().getNamespace();
    Set<String> taken = new HashSet<>();
    Stream.of(informers.servers(namespace), informers.taskServs(namespace))
        .flatMap(List::stream)
        .filter(one -> !owned(cluster, one))
        .forEach(one -> taken.add(one.getKind() + " " + one.getMetadata().getName()));
    Answer<Workspace> workspace = workspace(cluster);
    Answer<Optional<ClusterDefinitionSpec>> definition = definition(cluster);
    return new ClusterWorld(
        workspace.map(ClusterObserver::view),
        definition,
        new ServiceDefinitions(informers, operatorNamespace).in(namespace),
        informers.servers(namespace).stream()
            .filter(one -> owned(cluster, one))
            .map(
                one ->
                    new ServerChild(
                        Refs.of(one), one.getSpec(), Optional.ofNullable(one.getStatus())))
            .toList(),
        informers.taskServs(namespace).stream()
            .filter(one -> owned(cluster, one))
            .map(
                one ->
                    new TaskServChild(
                        Refs.of(one), one.getSpec(), Optional.ofNullable(one.getStatus())))
            .toList(),
        taken,
        quotes(cluster, workspace, definition));
  }

  /** A Cluster that is going needs none. */
  private Map<String, Quote> quotes(
      Cluster cluster,
      Answer<Workspace> workspace,
      Answer<Optional<ClusterDefinitionSpec>> definition) {
    if (cluster.isMarkedForDeletion()
        || workspace.known().isEmpty()
        || definition.known().isEmpty()) {
      return Map.of();
    }
    Map<String, Quote> quotes = new HashMap<>();
    PoolWishes.of(
            cluster.getMetadata().getName(), cluster.getSpec(), definition.known().orElseThrow())
        .forEach(
            (pool, wish) ->
                offers
                    .of(workspace.known().orElseThrow(), wish)
                    .map(o -> new Quote(o.machine().plan(), o.machine().zone(), o.cost()))
                    .ifPresent(quote -> quotes.put(pool, quote)));
    return quotes;
  }

  static boolean owned(Cluster cluster, HasMetadata child) {
    return child.getMetadata().getOwnerReferences().stream()
        .anyMatch(reference -> reference.getUid().equals(cluster.getMetadata().getUid()));
  }

  private Answer<Workspace> workspace(Cluster cluster) {
    String namespace = cluster.getMetadata().getNamespace();
    List<Workspace> workspaces = informers.workspaces(namespace);
    List<String> names =
        workspaces.stream().map(one -> one.getMetadata().getName()).sorted().toList();
    return switch (WorkspaceChoice.of(cluster.getSpec().workspace(), names, namespace)) {
      case WorkspaceChoice.Undecided(Failure why) -> Answer.unknown(why);
      case WorkspaceChoice.Chosen(String name) ->
          Answer.of(
              workspaces.stream()
                  .filter(one -> one.getMetadata().getName().equals(name))
                  .findFirst()
                  .orElseThrow());
    };
  }

  private static ClusterWorld.Workspace view(Workspace workspace) {
    Rules rules = Presets.policy(workspace.getSpec());
    return new ClusterWorld.Workspace(
        workspace.getMetadata().getName(),
        rules.requireApproval(),
        rules.deletionProtection(),
        Boolean.TRUE.equals(workspace.getSpec().suspend()),
        rules.windows());
  }

  /** The own namespace goes before the operator's. */
  private Answer<Optional<ClusterDefinitionSpec>> definition(Cluster cluster) {
    String wanted = cluster.getSpec().definition();
    if (wanted == null) {
      return Answer.of(Optional.empty());
    }
    Map<String, ClusterDefinitionSpec> known = new HashMap<>();
    Stream.of(operatorNamespace, cluster.getMetadata().getNamespace())
        .flatMap(namespace -> informers.clusterDefinitions(namespace).stream())
        .forEach(one -> known.put(one.getMetadata().getName(), one.getSpec()));
    if (known.containsKey(wanted)) {
      return Answer.of(Optional.of(known.get(wanted)));
    }
    String others =
        known.isEmpty()
            ? "there is none"
            : "there are " + String.join(", ", new TreeSet<>(known.keySet()));
    return Answer.unknown(
        new Failure.Waiting(
            "DefinitionNotFound",
            "spec.definition: ClusterDefinition %s exists neither in this namespace nor in %s; %s"
                .formatted(wanted, operatorNamespace, others),
            AGAIN));
  }
}
