package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.workspace.Policy;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceMode;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.OtherTaskServ;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.planning.taskserv.WorkspaceView;
import dev.provisioning.planning.taskserv.World;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is around a TaskServ, from caches alone. */
final class WorldObserver {
  private final Caches caches;
  private final String operatorNamespace;

  WorldObserver(Caches caches, String operatorNamespace) {
    this.caches = caches;
    this.operatorNamespace = operatorNamespace;
  }

  /** Without secrets: which ones are wanted is not known yet. */
  World around(TaskServ taskServ) {
    String namespace = taskServ.getMetadata().getNamespace();
    List<Workspace> workspaces = caches.workspaces(namespace);
    WorkspaceChoice choice = choice(taskServ.getSpec().workspace(), workspaces, namespace);
    return new World(
        view(choice, workspaces),
        choice instanceof WorkspaceChoice.Undecided undecided
            ? Optional.of(undecided.why())
            : Optional.empty(),
        definitions(namespace),
        others(taskServ),
        servers(namespace, workspaces),
        Map.of());
  }

  private static WorkspaceChoice choice(
      String named, List<Workspace> workspaces, String namespace) {
    List<String> names =
        workspaces.stream().map(one -> one.getMetadata().getName()).sorted().toList();
    return WorkspaceChoice.of(named, names, namespace);
  }

  private static Optional<WorkspaceView> view(WorkspaceChoice choice, List<Workspace> workspaces) {
    return choice instanceof WorkspaceChoice.Chosen chosen
        ? workspaces.stream()
            .filter(one -> one.getMetadata().getName().equals(chosen.name()))
            .map(WorldObserver::view)
            .findFirst()
        : Optional.empty();
  }

  private static WorkspaceView view(Workspace workspace) {
    WorkspaceSpec spec = workspace.getSpec();
    boolean enterprise = spec.mode() == WorkspaceMode.Enterprise;
    Optional<Policy> policy = Optional.ofNullable(spec.policy());
    return new WorkspaceView(
        workspace.getMetadata().getName(),
        spec,
        policy.map(Policy::requireApproval).orElse(enterprise),
        policy.map(Policy::deletionProtection).orElse(enterprise));
  }

  private Map<String, TaskServDefinitionSpec> definitions(String namespace) {
    Map<String, TaskServDefinitionSpec> all = new HashMap<>();
    caches.definitions(operatorNamespace).forEach(one -> put(all, one));
    caches.definitions(namespace).forEach(one -> put(all, one));
    return all;
  }

  private static void put(Map<String, TaskServDefinitionSpec> all, TaskServDefinition one) {
    all.put(one.getMetadata().getName(), one.getSpec());
  }

  private List<OtherTaskServ> others(TaskServ taskServ) {
    String own = taskServ.getMetadata().getUid();
    return caches.taskServs(taskServ.getMetadata().getNamespace()).stream()
        .filter(one -> !one.getMetadata().getUid().equals(own))
        .map(
            one -> new OtherTaskServ(ref(one), one.getSpec(), Optional.ofNullable(one.getStatus())))
        .toList();
  }

  private List<ServerFacts> servers(String namespace, List<Workspace> workspaces) {
    return caches.servers(namespace).stream()
        .map(
            server ->
                ServerSight.of(
                    server,
                    choice(server.getSpec().workspace(), workspaces, namespace)
                            instanceof WorkspaceChoice.Chosen chosen
                        ? chosen.name()
                        : ""))
        .toList();
  }

  static ResourceRef ref(HasMetadata resource) {
    ObjectMeta meta = resource.getMetadata();
    return new ResourceRef(
        resource.getKind(),
        meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        Objects.requireNonNullElse(meta.getGeneration(), 0L),
        Instant.parse(meta.getCreationTimestamp()),
        Optional.ofNullable(meta.getDeletionTimestamp()).map(Instant::parse),
        Objects.requireNonNullElse(meta.getLabels(), Map.of()),
        Objects.requireNonNullElse(meta.getAnnotations(), Map.of()));
  }
}
