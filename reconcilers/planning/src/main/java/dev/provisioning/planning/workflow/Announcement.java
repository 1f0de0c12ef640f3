package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.planning.cluster.ClusterAction.WorkOnHosts;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.workflow.WorkflowAction.Announced;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that is still to be started, as a plan that a person can read and approve. */
final class Announcement {
  private static final int HASH_LENGTH = 16;

  private final Scope scope;
  private final Set<ChildRef> madeBefore = new HashSet<>();
  private final List<Announced> actions = new ArrayList<>();
  private final HostLines hosts;

  private Announcement(Scope scope) {
    this.scope = scope;
    this.hosts = new HostLines(scope.input().around().outlook(), scope.input().spec());
  }

  /** In an order in which it can happen. */
  static List<Announced> of(Scope scope, Operations operations) {
    Announcement announcement = new Announcement(scope);
    for (String name : scope.graph().dag().order()) {
      Work work = scope.graph().works().get(name);
      List<WorkOnHosts> onHosts = announcement.hosts.follow(work);
      if (isOpen(scope, work, operations.get(name))) {
        announcement.announce(work);
        onHosts.forEach(line -> announcement.onHosts(work, line));
      }
      if (work.type().creates()) {
        announcement.madeBefore.addAll(work.children());
      }
    }
    return announcement.actions;
  }

  /**
   * Not started yet; or about to be tried once more, and edited since it was begun, or now to make
   * what it was to change: what was agreed to was something else. Waits have no effect to agree to.
   */
  static boolean isOpen(Scope scope, Work work, OperationStatus status) {
    boolean startable =
        status.phase() == OperationPhase.Pending || status.phase() == OperationPhase.Ready;
    return startable
        && (status.attempt() == null
            || scope.edited(work, status)
            || Applying.remakes(scope, work, status));
  }

  /** Names what was announced for one operation. */
  static String stamp(List<Announced> all, String operation) {
    StringBuilder text = new StringBuilder();
    all.stream()
        .filter(a -> a.operation().equals(operation))
        .forEach(a -> text.append(a.key()).append('\n').append(a.description()).append('\n'));
    return Hashes.sha256(text.toString()).substring(0, HASH_LENGTH);
  }

  private void announce(Work work) {
    switch (work.type()) {
      case SERVER, SERVERS, TASK_SERV, CLUSTER, UPGRADE, SCALE ->
          work.children().forEach(ref -> apply(work, ref));
      case DELETE -> {
        ChildRef ref = work.children().getFirst();
        add(
            work,
            ref.name(),
            "Delete" + ref.kind(),
            "delete " + ref + "; irreversible: it cannot be taken back",
            true);
      }
      case SCRIPT ->
          add(work, "run", "RunScript", Texts.script(work, Texts.targets(work), false), false);
      case APPROVAL ->
          add(
              work,
              "ask",
              "AskForApproval",
              "ask: " + work.operation().approval().message(),
              false);
      case WAIT -> add(work, "wait", "Wait", Texts.waiting(work), false);
    }
  }

  private void apply(Work work, ChildRef ref) {
    boolean created =
        work.type().creates() && scope.child(ref).isEmpty() && !madeBefore.contains(ref);
    String verb = created ? "Create" : "Change";
    add(work, ref.name(), verb + ref.kind(), Texts.apply(scope, work, ref, created), false);
    if (created && work.type() == Work.Type.CLUSTER) {
      new ClusterLines(scope.input().around().outlook())
          .of(ref.name(), work.made(scope.input().spec()))
          .forEach(l -> add(work, l.about(), l.name(), l.description(), l.destructive()));
    }
  }

  private void onHosts(Work work, WorkOnHosts line) {
    String about = line.taskServ() + "/" + line.name();
    add(work, about, line.name(), line.description(), line.destructive());
  }

  private void add(Work work, String about, String name, String text, boolean destructive) {
    String key = work.name() + "/" + about + "#" + scope.inputsHash(work);
    actions.add(new Announced(work.name(), key, name, work.name() + ": " + text, destructive));
  }
}
