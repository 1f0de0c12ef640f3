package dev.provisioning.planning.taskserv;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.ExportStatus;
import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.api.taskserv.MemberDrift;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.RevisionResult;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.taskserv.TaskServStatusBuilder;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says how far a TaskServ is. */
public final class TaskServProjector
    implements Projector<TaskServInput, TaskServAction, TaskServStatus> {
  private static final int MOST_ACTIONS = 128;
  private static final int MOST_DRIFT = 64;
  private static final int MOST_HISTORY = 10;
  private static final int LONGEST_VALUE = 4096;

  @Override
  public Projection<TaskServStatus> project(TaskServInput input, Plan<TaskServAction> plan) {
    Assessment assessment = Assessment.of(input);
    List<MemberStatus> members = new MemberProjector(assessment, plan).project();
    TaskServStatus status = new Draft(assessment, plan, members).status();
    return new Projection<>(status, Events.of(assessment, status));
  }

  private static final class Draft {
    private final Assessment assessment;
    private final TaskServInput input;
    private final Plan<TaskServAction> plan;
    private final List<MemberStatus> members;
    private final TaskServStatus before;
    private final Optional<Resolution> resolution;

    Draft(Assessment assessment, Plan<TaskServAction> plan, List<MemberStatus> members) {
      this.assessment = assessment;
      this.input = assessment.input();
      this.plan = plan;
      this.members = members;
      this.before = input.status().orElseGet(() -> TaskServStatusBuilder.builder().build());
      this.resolution = assessment.resolution();
    }

    TaskServStatus status() {
      Optional<String> version = commonVersion();
      Optional<String> newest = resolution.map(Resolution::definition).flatMap(Versions::newest);
      Standing standing = Standing.of(assessment, plan, members);
      List<ExportStatus> exports = exports();
      TaskServStatus draft =
          TaskServStatusBuilder.builder()
              .observedGeneration(input.ref().generation())
              .phase(standing.phase())
              .progress(standing.progress())
              .ready(standing.readyOf())
              .installedVersion(version.orElse(null))
              .desiredVersion(desiredVersion())
              .availableVersion(newest.orElse(before.availableVersion()))
              .updateAvailable(
                  version.isPresent() ? updateAvailable(version, newest) : before.updateAvailable())
              .configHash(resolution.map(Resolution::revisionHash).orElse(before.configHash()))
              .definitionHash(
                  resolution.map(Resolution::definitionHash).orElse(before.definitionHash()))
              .leader(
                  resolution
                      .map(r -> r.blueprint().members().leader().name())
                      .orElse(before.leader()))
              .epoch(before.epoch())
              .servers(members)
              .intents(List.of())
              .failures(List.copyOf(assessment.remembered().failures().values()))
              .exports(exports)
              .plan(planStatus())
              .drift(drift())
              .lastGood(lastGood(standing))
              .rejected(assessment.rejected().orElse(null))
              .history(history(standing))
              .lastHandledReconcileAt(
                  input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null))
              .build();
      return draft.withConditions(TaskServConditions.of(assessment, plan, draft));
    }

    private Optional<String> commonVersion() {
      List<String> versions =
          members.stream().map(MemberStatus::version).filter(Objects::nonNull).distinct().toList();
      return versions.size() == 1 ? Optional.of(versions.getFirst()) : Optional.empty();
    }

    private String desiredVersion() {
      return assessment.targets().stream()
          .flatMap(m -> m.design().stream())
          .map(d -> d.version())
          .findFirst()
          .orElse(before.desiredVersion());
    }

    private static Boolean updateAvailable(Optional<String> installed, Optional<String> newest) {
      return installed.isPresent() && newest.isPresent()
          ? Boolean.valueOf(Versions.compare(newest.get(), installed.get()) > 0)
          : null;
    }

    private PlanStatus planStatus() {
      List<TaskServAction> actions = plan.actions();
      if (actions.isEmpty()) {
        return null;
      }
      Optional<String> given = input.ref().annotation(ResourceRef.APPROVE_PLAN);
      boolean rest = given.isPresent() && Approvals.restOf(input, given.get(), actions);
      String hash = rest ? given.get() : PlanHash.of(actions).value();
      boolean gated = input.world().workspace().map(WorkspaceView::requireApproval).orElse(false);
      Boolean approved = gated ? Approvals.approved(input, actions) : null;
      return new PlanStatus(
          hash,
          actions.stream()
              .limit(MOST_ACTIONS)
              .map(a -> new PlannedAction(a.name(), a.description(), a.destructive() ? true : null))
              .toList(),
          null,
          approved);
    }

    private List<MemberDrift> drift() {
      if (resolution.isEmpty()) {
        return before.drift();
      }
      List<MemberDrift> result = new ArrayList<>();
      for (MemberState member : assessment.targets()) {
        if (!member.inFlight() && Phases.settled(member.status())) {
          Drifts.of(input, resolution.get(), member.name()).stream()
              .map(d -> new MemberDrift(member.name(), d.item(), d.desired(), d.observed()))
              .forEach(result::add);
        }
      }
      return result.stream().limit(MOST_DRIFT).toList();
    }

    /** What the operations that just ended printed; secrets have their own place. */
    private List<ExportStatus> exports() {
      Map<String, ExportStatus> known = new LinkedHashMap<>();
      before.exports().forEach(e -> known.put(e.name(), e));
      TaskServDefinitionSpec definition = resolution.map(Resolution::definition).orElse(null);
      if (definition == null) {
        return before.exports();
      }
      Members roles = resolution.get().blueprint().members();
      for (ExportSpec export : definition.exports()) {
        for (Members.Member member : roles.all()) {
          Map<String, SecretValue> made = assessment.remembered().made().get(member.name());
          if (made != null && MemberPlanner.makes(export, member)) {
            known.put(export.name(), made(export, member.name(), made.get(export.name())));
          }
        }
      }
      known.keySet().retainAll(definition.exports().stream().map(ExportSpec::name).toList());
      return List.copyOf(known.values());
    }

    private ExportStatus made(ExportSpec export, String server, SecretValue value) {
      boolean secret = Boolean.TRUE.equals(export.secret());
      String text = value == null || secret ? null : value.reveal().strip();
      return new ExportStatus(
          export.name(),
          server,
          text == null ? null : Words.shortened(text, LONGEST_VALUE),
          Remembered.seconds(input.now()));
    }

    private Revision lastGood(Standing standing) {
      if (resolution.isEmpty() || assessment.rollsBack() || !standing.complete()) {
        return before.lastGood();
      }
      Resolution now = resolution.get();
      return new Revision(
          desiredVersion(), now.revisionHash(), now.definitionHash(), now.references());
    }

    private List<HistoryEntry> history(Standing standing) {
      List<HistoryEntry> history = new ArrayList<>(before.history());
      if (assessment.rejected().isPresent() && before.rejected() == null) {
        history.addFirst(assessment.rejected().get());
      } else if (assessment.rollsBack() && standing.settled() && !history.isEmpty()) {
        HistoryEntry latest = history.getFirst();
        if (latest.result() == RevisionResult.Failed) {
          history.set(0, latest.withResult(RevisionResult.RolledBack));
        }
      } else if (!assessment.rollsBack() && resolution.isPresent() && standing.complete()) {
        applied(history);
      }
      return history.stream().limit(MOST_HISTORY).toList();
    }

    private void applied(List<HistoryEntry> history) {
      String version = desiredVersion();
      String hash = resolution.orElseThrow().revisionHash();
      boolean known =
          !history.isEmpty()
              && history.getFirst().result() == RevisionResult.Applied
              && Objects.equals(history.getFirst().version(), version)
              && Objects.equals(history.getFirst().configHash(), hash);
      if (!known) {
        history.addFirst(
            new HistoryEntry(
                version, hash, Remembered.seconds(input.now()), RevisionResult.Applied));
      }
    }
  }
}
