package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.MemberStatusBuilder;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells of one machine what it shall be, and the operation that it needs or why it gets none. */
final class MemberPlanner {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final Wish wish;

  MemberPlanner(Wish wish) {
    this.wish = wish;
  }

  MemberState state(ServerFacts server) {
    MemberStatus status = status(wish.remembered().member(server.name()), server);
    Draft draft = new Draft(server, status);
    if (Phases.inFlight(status).isPresent()) {
      return draft.state(draft.designIfPossible(), Optional.empty(), Optional.empty());
    }
    if (server.notReady().isPresent() && status.version() == null) {
      return draft.problem(notReady(server, server.notReady().get()));
    }
    Optional<Failure> export = Gates.exports(wish.resolution(), server);
    if (export.isPresent()) {
      return draft.problem(export.get());
    }
    try {
      Design design = draft.design();
      Optional<Comparison.Wanted> wanted = new Comparison(wish, server, status).wanted(design);
      if (wanted.isEmpty()) {
        return draft.state(
            Optional.of(design), server.notReady().map(f -> notReady(server, f)), Optional.empty());
      }
      if (server.notReady().isPresent()) {
        return draft.problem(notReady(server, server.notReady().get()));
      }
      return draft.state(
          Optional.of(design),
          Optional.empty(),
          Optional.of(draft.operation(design, wanted.get())));
    } catch (Refused e) {
      return draft.problem(e.failure());
    }
  }

  /** A new machine of the Server knows nothing of what its predecessor had. */
  private static MemberStatus status(MemberStatus status, ServerFacts server) {
    boolean other =
        status.incarnation() != null && status.incarnation() != server.incarnation()
            || status.uid() != null && !status.uid().equals(server.uid());
    return other
        ? MemberStatusBuilder.builder().name(server.name()).phase(MemberPhase.Pending).build()
        : status;
  }

  static Failure notReady(ServerFacts server, Failure why) {
    return new Failure.Waiting(
        "ServerNotReady",
        "Server %s is not ready: %s".formatted(server.name(), why.message()),
        RECHECK);
  }

  static Failure reading(String server) {
    return new Failure.Waiting(
        "ReadingMachine", "reading the applied state of " + server, Duration.ofSeconds(30));
  }

  /** What is said of one machine, as far as it is thought through. */
  private final class Draft {
    private final ServerFacts server;
    private final MemberStatus status;

    Draft(ServerFacts server, MemberStatus status) {
      this.server = server;
      this.status = status;
    }

    MemberState problem(Failure failure) {
      return state(designIfPossible(), Optional.of(failure), Optional.empty());
    }

    MemberState state(
        Optional<Design> design, Optional<Failure> problem, Optional<RunOperation> wanted) {
      return new MemberState(server.name(), true, status, design, problem, wanted, retryAt(design));
    }

    /** What failed on the way to another goal says nothing of this one. */
    private Optional<Instant> retryAt(Optional<Design> design) {
      boolean otherGoal =
          status.phase() == MemberPhase.Failed
              && design.filter(d -> d.configHash().equals(status.desiredConfigHash())).isEmpty();
      return otherGoal
          ? Optional.empty()
          : wish.remembered().retryAt(TaskServAction.operationKey(server.name()));
    }

    Optional<Design> designIfPossible() {
      try {
        return Optional.of(design());
      } catch (Refused e) {
        return Optional.empty(); // told where it is needed
      }
    }

    Design design() {
      Members.Member member = wish.resolution().blueprint().members().get(server.name());
      return Design.of(wish.resolution().blueprint(), member, version());
    }

    private VersionSpec version() {
      EffectiveSpec effective = wish.resolution().effective();
      String wanted = wish.back().map(Revision::version).orElse(effective.spec().version());
      return Versions.choose(
          new Versions.Wanted(
              effective.definition(), wish.resolution().definition(), wanted, server));
    }

    RunOperation operation(Design design, Comparison.Wanted wanted) {
      Bundle bundle = wanted.bundle(design);
      return new RunOperation(
          server.name(),
          wanted.kind(),
          operationId(wish.input(), server, status, bundle.digest()),
          bundle,
          design.blueprint().allSecrets(),
          Exports.of(wish.resolution(), design.member()),
          Boolean.TRUE.equals(wish.resolution().definition().parallelSafe()),
          Optional.empty(),
          wanted.description(),
          Optional.empty());
    }
  }

  /**
   * The same try has the same id in every process. The end of the last operation tells repetitions
   * of the same bundle apart.
   */
  static OperationId operationId(
      TaskServInput input, ServerFacts server, MemberStatus status, String digest) {
    long last = status.finishedAt() == null ? 0 : status.finishedAt().getEpochSecond();
    String action =
        String.join(
            "/",
            server.uid(),
            digest,
            Long.toString(last),
            Integer.toString(Remembered.attempts(status) + 1));
    return OperationId.of(input.ref().uid(), server.incarnation(), action);
  }
}
