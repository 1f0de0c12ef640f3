package dev.provisioning.planning.taskserv;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.taskserv.MemberDrift;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.taskserv.TaskServStatusBuilder;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.design.Ports;
import dev.provisioning.planning.taskserv.design.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says how far a TaskServ is. */
public final class TaskServProjector
    implements Projector<TaskServInput, TaskServAction, TaskServStatus> {
  private static final int MOST_ACTIONS = 512;
  private static final int MOST_DRIFT = 64;

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
      Standing standing = Standing.of(assessment, plan, members);
      TaskServStatusBuilder draft =
          TaskServStatusBuilder.builder()
              .observedGeneration(input.ref().generation())
              .phase(standing.phase())
              .progress(standing.progress())
              .ready(standing.readyOf())
              .leader(
                  resolution
                      .map(r -> r.blueprint().members().leader().name())
                      .orElse(before.leader()))
              .epoch(before.epoch())
              .servers(members)
              .intents(List.of())
              .failures(List.copyOf(assessment.remembered().failures().values()))
              .exports(new ExportProjector(assessment).project(before.exports()))
              .ports(ports())
              .plan(planStatus())
              .warnings(Advice.of(assessment).stream().map(Advice.Word::sentence).toList())
              .drift(drift())
              .lastHandledReconcileAt(
                  input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null));
      versions(draft);
      revisions(draft, standing);
      TaskServStatus status = draft.build();
      return status.withConditions(TaskServConditions.of(assessment, plan, status));
    }

    /** What is wanted and not applied yet opens nothing. */
    private List<OpenPort> ports() {
      boolean applied = assessment.targets().stream().allMatch(this::asDesigned);
      return resolution
          .filter(r -> applied || before.ports().isEmpty())
          .map(r -> Ports.open(r.definition(), r.configuration().plain()))
          .orElse(before.ports());
    }

    private boolean asDesigned(MemberState target) {
      return members.stream()
          .filter(m -> m.name().equals(target.name()) && m.version() != null)
          .allMatch(
              m -> target.design().stream().allMatch(d -> d.configHash().equals(m.configHash())));
    }

    private void versions(TaskServStatusBuilder draft) {
      Optional<String> version = commonVersion();
      Optional<String> newest = newest();
      draft
          .installedVersion(version.orElse(null))
          .desiredVersion(desiredVersion())
          .availableVersion(newest.orElse(before.availableVersion()))
          .updateAvailable(
              version.isPresent() ? updateAvailable(version, newest) : before.updateAvailable());
    }

    private void revisions(TaskServStatusBuilder draft, Standing standing) {
      RevisionProjector revisions =
          new RevisionProjector(assessment, standing, before, desiredVersion());
      draft
          .configHash(resolution.map(Resolution::revisionHash).orElse(before.configHash()))
          .definitionHash(
              resolution.map(Resolution::definitionHash).orElse(before.definitionHash()))
          .lastGood(revisions.lastGood())
          .rejected(assessment.rejected().orElse(null))
          .usedApproval(usedApproval())
          .history(revisions.history());
    }

    /** Left on the TaskServ it would approve that what failed is tried again. */
    private String usedApproval() {
      boolean givenUp =
          assessment.rejected().filter(one -> !one.equals(before.rejected())).isPresent();
      return givenUp
          ? input.ref().annotation(ResourceRef.APPROVE_PLAN).orElse(before.usedApproval())
          : before.usedApproval();
    }

    /** Of the definition, or announced by its publisher. */
    private Optional<String> newest() {
      return resolution.flatMap(
          r ->
              Stream.concat(
                      Versions.newest(r.definition(), r.targets()).stream(),
                      Stream.ofNullable(
                          input.world().catalogue().announced().get(r.effective().definition())))
                  .max(Versions::compare));
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
      String hash = rest ? given.get() : Approvals.hash(input, actions).value();
      boolean gated = input.world().workspace().map(WorkspaceView::requireApproval).orElse(false);
      Boolean approved = gated ? Approvals.approved(input, actions) : null;
      return new PlanStatus(
          hash,
          actions.stream().limit(MOST_ACTIONS).map(Approvals::shown).toList(),
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
  }
}
