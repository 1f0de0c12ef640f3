package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.planning.taskserv.Catalogue;
import dev.provisioning.planning.taskserv.OtherTaskServ;
import dev.provisioning.planning.taskserv.Pace;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.planning.taskserv.WorkspaceView;
import dev.provisioning.planning.taskserv.World;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.planning.workspace.Rules;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is around a TaskServ, from caches alone. */
final class WorldObserver {
  private final Sight sight;
  private final String operatorNamespace;
  private final Pace usual;

  /** Where it looks. */
  record Sight(Caches caches, DefinitionRevisions revisions) {}

  WorldObserver(Sight sight, String operatorNamespace, Pace usual) {
    this.sight = sight;
    this.operatorNamespace = operatorNamespace;
    this.usual = usual;
  }

  /** Without secrets: which ones are wanted is not known yet. */
  World around(TaskServ taskServ) {
    String namespace = taskServ.getMetadata().getNamespace();
    List<Workspace> workspaces = sight.caches().workspaces(namespace);
    WorkspaceChoice choice = choice(taskServ.getSpec().workspace(), workspaces, namespace);
    return new World(
        view(choice, workspaces),
        choice instanceof WorkspaceChoice.Undecided undecided
            ? Optional.of(undecided.why())
            : Optional.empty(),
        catalogue(taskServ),
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

  private Optional<WorkspaceView> view(WorkspaceChoice choice, List<Workspace> workspaces) {
    return choice instanceof WorkspaceChoice.Chosen chosen
        ? workspaces.stream()
            .filter(one -> one.getMetadata().getName().equals(chosen.name()))
            .map(this::view)
            .findFirst()
        : Optional.empty();
  }

  private WorkspaceView view(Workspace workspace) {
    WorkspaceSpec spec = workspace.getSpec();
    Rules rules = Presets.policy(spec);
    Integer operations = Presets.limits(spec).concurrentOperations();
    return new WorkspaceView(
        workspace.getMetadata().getName(),
        spec,
        new WorkspaceView.Policy(
            rules.requireApproval(), rules.deletionProtection(), rules.windows()),
        new Pace(
            Objects.requireNonNullElse(operations, usual.operations()), usual.driftInterval()));
  }

  private Catalogue catalogue(TaskServ taskServ) {
    String namespace = taskServ.getMetadata().getNamespace();
    Map<String, TaskServDefinition> all = new HashMap<>();
    sight.caches().definitions(operatorNamespace).forEach(one -> put(all, one));
    sight.caches().definitions(namespace).forEach(one -> put(all, one));
    Map<String, TaskServDefinitionSpec> specs = new HashMap<>();
    Map<String, String> announced = new HashMap<>();
    all.forEach(
        (name, one) -> {
          specs.put(name, one.getSpec());
          Optional.ofNullable(one.getStatus())
              .map(TaskServDefinitionStatus::availableVersion)
              .ifPresent(version -> announced.put(name, version));
        });
    String own =
        Objects.requireNonNullElse(
            taskServ.getSpec().definition(), taskServ.getMetadata().getName());
    return new Catalogue(specs, announced, lastGood(taskServ, own, specs.get(own)));
  }

  private static void put(Map<String, TaskServDefinition> all, TaskServDefinition one) {
    all.put(one.getMetadata().getName(), one);
  }

  /** Only a definition that changed since is looked up. */
  private Optional<TaskServDefinitionSpec> lastGood(
      TaskServ taskServ, String name, TaskServDefinitionSpec now) {
    Optional<String> hash =
        Optional.ofNullable(taskServ.getStatus())
            .map(TaskServStatus::lastGood)
            .map(Revision::definitionHash);
    return now == null
        ? Optional.empty()
        : hash.filter(then -> !then.equals(Versions.hash(now)))
            .flatMap(
                then ->
                    sight
                        .revisions()
                        .find(
                            List.of(taskServ.getMetadata().getNamespace(), operatorNamespace),
                            name,
                            then));
  }

  private List<OtherTaskServ> others(TaskServ taskServ) {
    String own = taskServ.getMetadata().getUid();
    return sight.caches().taskServs(taskServ.getMetadata().getNamespace()).stream()
        .filter(one -> !one.getMetadata().getUid().equals(own))
        .map(
            one ->
                new OtherTaskServ(
                    Refs.of(one), one.getSpec(), Optional.ofNullable(one.getStatus())))
        .toList();
  }

  private List<ServerFacts> servers(String namespace, List<Workspace> workspaces) {
    return sight.caches().servers(namespace).stream()
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
}
