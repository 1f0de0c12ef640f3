package dev.provisioning.controllers.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.planning.workflow.ChildFacts;
import dev.provisioning.planning.workflow.ChildHealth;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.ClusterFacts;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What workflows see of a resource. */
final class ChildSight {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ChildSight() {}

  static ChildFacts of(CustomResource<?, ?> one) {
    return switch (one) {
      case Server server ->
          facts(
              server,
              ChildKind.Server,
              incarnation(server.getStatus()),
              Optional.empty(),
              health(server),
              asks(Optional.ofNullable(server.getStatus()).map(ServerStatus::plan)));
      case TaskServ taskServ ->
          facts(
              taskServ,
              ChildKind.TaskServ,
              0,
              Optional.empty(),
              health(taskServ),
              asks(Optional.ofNullable(taskServ.getStatus()).map(TaskServStatus::plan)));
      case Cluster cluster ->
          facts(
              cluster,
              ChildKind.Cluster,
              0,
              Optional.of(
                  ClusterFacts.of(
                      generation(cluster), plain(cluster.getSpec()), cluster.getStatus())),
              health(cluster),
              asks(Optional.ofNullable(cluster.getStatus()).map(ClusterStatus::plan)));
      default -> throw new IllegalArgumentException("no operation makes a " + one.getKind());
    };
  }

  private static ChildFacts facts(
      CustomResource<?, ?> one,
      ChildKind kind,
      int incarnation,
      Optional<ClusterFacts> clusterFacts,
      ChildHealth health,
      Optional<String> asks) {
    ObjectMeta meta = one.getMetadata();
    return new ChildFacts(
        new ChildRef(kind, meta.getName()),
        meta.getUid(),
        Objects.requireNonNullElse(meta.getLabels(), Map.of()),
        Objects.requireNonNullElse(meta.getAnnotations(), Map.of()),
        meta.getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .map(ChildSight::title)
            .findFirst(),
        one.isMarkedForDeletion(),
        generation(one),
        incarnation,
        clusterFacts,
        health,
        asks);
  }

  private static Optional<String> asks(Optional<PlanStatus> plan) {
    return plan.filter(p -> Boolean.FALSE.equals(p.approved()))
        .filter(p -> p.actions().stream().noneMatch(a -> Boolean.TRUE.equals(a.destructive())))
        .map(PlanStatus::hash);
  }

  private static String title(OwnerReference owner) {
    return owner.getKind() + " " + owner.getName();
  }

  private static int incarnation(ServerStatus status) {
    return status == null || status.incarnation() == null ? 0 : status.incarnation();
  }

  private static ChildHealth health(Server server) {
    ServerStatus status = server.getStatus();
    return status == null
        ? nobodyLooked(server)
        : ChildHealth.of(
            generation(server), status.observedGeneration(), status.conditions(), null);
  }

  private static ChildHealth health(TaskServ taskServ) {
    TaskServStatus status = taskServ.getStatus();
    return status == null
        ? nobodyLooked(taskServ)
        : ChildHealth.of(
            generation(taskServ),
            status.observedGeneration(),
            status.conditions(),
            status.progress());
  }

  private static ChildHealth health(Cluster cluster) {
    ClusterStatus status = cluster.getStatus();
    return status == null
        ? nobodyLooked(cluster)
        : ChildHealth.of(
            generation(cluster),
            status.observedGeneration(),
            status.conditions(),
            status.progress());
  }

  private static ChildHealth nobodyLooked(CustomResource<?, ?> one) {
    return ChildHealth.of(generation(one), null, java.util.List.of(), null);
  }

  private static long generation(CustomResource<?, ?> one) {
    return Objects.requireNonNullElse(one.getMetadata().getGeneration(), 0L);
  }

  static Map<String, Object> plain(Object spec) {
    return Optional.ofNullable(spec)
        .map(s -> JSON.convertValue(s, new TypeReference<Map<String, Object>>() {}))
        .orElse(Map.of());
  }
}
