package dev.provisioning.controllers.workflow;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.WorkflowProgress;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.controllers.engine.Observer;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.workflow.ChildFacts;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.Outlook;
import dev.provisioning.planning.workflow.Rank;
import dev.provisioning.planning.workflow.Surroundings;
import dev.provisioning.planning.workflow.Surroundings.Other;
import dev.provisioning.planning.workflow.WorkflowInput;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import dev.provisioning.planning.workflow.WorkspaceFacts;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads what is around a workflow: from caches, but for prices and the policy about approvers. */
final class WorkflowObserver implements Observer<BatchWorkflow, WorkflowInput> {
  private final Informers informers;
  private final ApproversPolicy approvers;
  private final MachinePrices prices;
  private final OutlookReader outlook;

  WorkflowObserver(
      Informers informers, ApproversPolicy approvers, MachinePrices prices, OutlookReader outlook) {
    this.informers = informers;
    this.approvers = approvers;
    this.prices = prices;
    this.outlook = outlook;
  }

  @Override
  public WorkflowInput observe(BatchWorkflow workflow, Ledger ledger, Instant now) {
    return new WorkflowInput(
        Refs.of(workflow),
        workflow.getSpec(),
        Optional.ofNullable(workflow.getStatus()),
        around(workflow),
        ledger,
        now);
  }

  private Surroundings around(BatchWorkflow workflow) {
    String namespace = workflow.getMetadata().getNamespace();
    List<Workspace> all = informers.workspaces(namespace);
    WorkspaceChoice choice = choice(workflow, all);
    Optional<Workspace> workspace =
        choice instanceof WorkspaceChoice.Chosen chosen
            ? all.stream()
                .filter(each -> each.getMetadata().getName().equals(chosen.name()))
                .findFirst()
            : Optional.empty();
    Optional<Failure> problem =
        choice instanceof WorkspaceChoice.Undecided undecided
            ? Optional.of(undecided.why())
            : Optional.empty();
    Map<String, ChildFacts> servers = new HashMap<>();
    for (Server server : informers.servers(namespace)) {
      servers.put(server.getMetadata().getName(), sight(server, choice, all));
    }
    return new Surroundings(
        workspace.map(WorkflowObserver::facts),
        problem,
        children(workflow, one -> sight(one, choice, all)),
        servers,
        others(workflow, all),
        approvers.holds(workflow),
        workspace.map(known -> prices.of(workflow, known)).orElse(Map.of()),
        workspace.map(known -> outlook.of(workflow, known)).orElse(Outlook.NONE));
  }

  private static WorkspaceChoice choice(BatchWorkflow workflow, List<Workspace> all) {
    return choice(workflow, workflow.getSpec().workspace(), all);
  }

  private static WorkspaceChoice choice(HasMetadata one, String named, List<Workspace> all) {
    List<String> names = all.stream().map(each -> each.getMetadata().getName()).sorted().toList();
    return WorkspaceChoice.of(named, names, one.getMetadata().getNamespace());
  }

  private static ChildFacts sight(
      CustomResource<?, ?> one, WorkspaceChoice own, List<Workspace> all) {
    String named =
        switch (one) {
          case Server server -> server.getSpec().workspace();
          case TaskServ taskServ -> taskServ.getSpec().workspace();
          case Cluster cluster -> cluster.getSpec().workspace();
          default -> throw new IllegalArgumentException("no operation makes a " + one.getKind());
        };
    ChildFacts facts = ChildSight.of(one);
    return choice(one, named, all).equals(own) ? facts : facts.elsewhere();
  }

  private static WorkspaceFacts facts(Workspace workspace) {
    Integer limit = Presets.limits(workspace.getSpec()).concurrentOperations();
    return new WorkspaceFacts(
        workspace.getMetadata().getName(),
        Presets.policy(workspace.getSpec()).requireApproval(),
        Boolean.TRUE.equals(workspace.getSpec().suspend()),
        limit == null ? OptionalInt.empty() : OptionalInt.of(limit));
  }

  private Map<ChildRef, ChildFacts> children(
      BatchWorkflow workflow, Function<CustomResource<?, ?>, ChildFacts> sight) {
    Map<ChildRef, ChildFacts> found = new HashMap<>();
    Optional<BatchWorkflowStatus> status = Optional.ofNullable(workflow.getStatus());
    for (ChildRef ref : WorkflowNeeds.children(workflow.getSpec(), status)) {
      find(workflow.getMetadata().getNamespace(), ref)
          .ifPresent(one -> found.put(ref, sight.apply(one)));
    }
    return found;
  }

  private Optional<? extends CustomResource<?, ?>> find(String namespace, ChildRef ref) {
    if (ref.kind() == ChildKind.TaskServ) {
      return informers.taskServ(namespace, ref.name());
    }
    // Servers are seen all together.
    return ref.kind() == ChildKind.Cluster
        ? informers.cluster(namespace, ref.name())
        : Optional.empty();
  }

  private List<Other> others(BatchWorkflow workflow, List<Workspace> all) {
    WorkspaceChoice own = choice(workflow, all);
    return informers.workflows(workflow.getMetadata().getNamespace()).stream()
        .filter(each -> !each.getMetadata().getUid().equals(workflow.getMetadata().getUid()))
        .filter(each -> each.getStatus() != null && !WorkflowNeeds.ended(each.getStatus()))
        .filter(each -> choice(each, all).equals(own))
        .map(each -> other(each, workflow))
        .toList();
  }

  private static Other other(BatchWorkflow each, BatchWorkflow own) {
    Optional<WorkflowProgress> progress = Optional.ofNullable(each.getStatus().progress());
    return new Other(
        each.getMetadata().getName(),
        each.getMetadata().getUid(),
        progress.map(WorkflowNeeds::places).orElse(0),
        progress.map(known -> WorkflowNeeds.waiting(each.getSpec(), known)).orElse(0),
        rank(each).isBefore(rank(own)),
        isEarlier(each, own));
  }

  static boolean isEarlier(BatchWorkflow one, BatchWorkflow other) {
    return rank(one).isEarlier(rank(other));
  }

  private static Rank rank(BatchWorkflow workflow) {
    return Rank.of(Refs.of(workflow), workflow.getSpec());
  }
}
