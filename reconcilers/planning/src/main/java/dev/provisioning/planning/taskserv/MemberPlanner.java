package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.RunOn;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.planning.taskserv.TaskServAction.Export;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.planning.taskserv.design.Operations;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares one machine with what it shall be. */
final class MemberPlanner {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final TaskServInput input;
  private final Remembered remembered;
  private final Resolution resolution;
  private final Optional<Revision> back;

  /** {@code back}: the revision to return to, when the wanted one failed. */
  MemberPlanner(
      TaskServInput input, Remembered remembered, Resolution resolution, Optional<Revision> back) {
    this.input = input;
    this.remembered = remembered;
    this.resolution = resolution;
    this.back = back;
  }

  MemberState state(ServerFacts server) {
    MemberStatus status = status(remembered.member(server.name()), server);
    Draft draft = new Draft(server, status);
    if (Phases.inFlight(status).isPresent()) {
      return draft.state(draft.designIfPossible(), Optional.empty(), Optional.empty());
    }
    if (server.notReady().isPresent() && status.version() == null) {
      return draft.problem(notReady(server, server.notReady().get()));
    }
    Optional<Failure> export = Gates.exports(resolution, server);
    if (export.isPresent()) {
      return draft.problem(export.get());
    }
    try {
      Design design = draft.design();
      Optional<Wanted> wanted = draft.wanted(design);
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
        ? dev.provisioning.api.taskserv.MemberStatusBuilder.builder()
            .name(server.name())
            .phase(MemberPhase.Pending)
            .build()
        : status;
  }

  static Failure notReady(ServerFacts server, Failure why) {
    return new Failure.Waiting(
        "ServerNotReady",
        "Server %s is not ready: %s".formatted(server.name(), why.message()),
        RECHECK);
  }

  /** {@code installed}: version on the machine. */
  private record Wanted(OperationKind kind, String description, Optional<String> installed) {}

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
    private Optional<java.time.Instant> retryAt(Optional<Design> design) {
      boolean otherGoal =
          status.phase() == MemberPhase.Failed
              && design.filter(d -> d.configHash().equals(status.desiredConfigHash())).isEmpty();
      return otherGoal
          ? Optional.empty()
          : remembered.retryAt(TaskServAction.operationKey(server.name()));
    }

    Optional<Design> designIfPossible() {
      try {
        return Optional.of(design());
      } catch (Refused e) {
        return Optional.empty(); // told where it is needed
      }
    }

    Design design() {
      Members.Member member = resolution.blueprint().members().get(server.name());
      return Design.of(resolution.blueprint(), member, version());
    }

    private VersionSpec version() {
      String name = resolution.effective().definition();
      String wanted = back.map(Revision::version).orElse(resolution.effective().spec().version());
      return Versions.choose(new Versions.Wanted(name, resolution.definition(), wanted, server));
    }

    Optional<Wanted> wanted(Design design) {
      Optional<Applied> applied = applied();
      if (applied.isEmpty()) {
        Platform.check(resolution, server);
        return wanted(OperationKind.INSTALL, design, Optional.empty());
      }
      Optional<String> installed = Optional.of(tried().orElse(applied.get().version()));
      int order = Versions.compare(applied.get().version(), design.version());
      boolean half = half(applied.get());
      if (back.isPresent()) {
        return order != 0 || half || !applied.get().configHash().equals(design.configHash())
            ? wanted(OperationKind.ROLLBACK, design, half ? doubtful(design) : installed)
            : Optional.empty();
      }
      if (tried().filter(t -> !t.equals(design.version())).isPresent() && order == 0) {
        return wanted(OperationKind.ROLLBACK, design, tried());
      }
      if (order != 0) {
        Platform.checkUpgrade(resolution, server, applied.get().version(), design.version());
        return wanted(OperationKind.UPGRADE, design, installed);
      }
      if (half || !applied.get().configHash().equals(design.configHash()) || lacksExports(design)) {
        return wanted(OperationKind.RECONFIGURE, design, installed);
      }
      return drift(design, installed);
    }

    private Optional<Wanted> wanted(OperationKind kind, Design design, Optional<String> installed) {
      return Optional.of(new Wanted(kind, Words.planned(kind, design, installed), installed));
    }

    /** The last operation did not end well: nobody knows what it left. */
    private boolean half(Applied applied) {
      return status.phase() == MemberPhase.Failed
          || status.desiredConfigHash() != null
              && !status.desiredConfigHash().equals(applied.configHash());
    }

    /** A way back that failed half-way is gone again as a whole. */
    private Optional<String> doubtful(Design design) {
      return tried().filter(version -> !version.equals(design.version()));
    }

    /** The version that a failed operation may have left, whatever the record says. */
    private Optional<String> tried() {
      return status.phase() == MemberPhase.Failed
          ? Optional.ofNullable(status.desiredVersion())
          : Optional.empty();
    }

    /** A value that was made and cannot be read yet needs patience, not another operation. */
    private boolean lacksExports(Design design) {
      Set<String> made = new HashSet<>(remembered.made(server.name()));
      input.status().stream()
          .flatMap(s -> s.exports().stream())
          .forEach(export -> made.add(export.name()));
      return exports(design.member()).stream().anyMatch(export -> !made.contains(export.name()));
    }

    private Optional<Wanted> drift(Design design, Optional<String> installed) {
      List<HostDrift> found = Drifts.of(input, resolution, server.name());
      if (found.isEmpty() || !Drifts.corrects(resolution)) {
        return Optional.empty();
      }
      String items = found.stream().map(HostDrift::item).collect(Collectors.joining(", "));
      return Optional.of(
          new Wanted(
              OperationKind.RECONFIGURE,
              "correct drift of %s on %s: %s".formatted(input.ref().name(), server.name(), items),
              installed));
    }

    /** Empty: the machine has none. While it is asked again, the last status is believed. */
    private Optional<Applied> applied() {
      return switch (input.member(server.name()).applied()) {
        case Reading.Known<Optional<String>> known -> known.value().map(Applied::parse);
        case Reading.Pending<Optional<String>> p -> {
          if (status.version() == null) {
            throw new Refused(
                new Failure.Waiting(
                    "ReadingMachine",
                    "reading the applied state of " + server.name(),
                    Duration.ofSeconds(30)));
          }
          yield Optional.of(believed());
        }
        case Reading.Unreadable<Optional<String>> unreadable -> {
          if (status.version() == null) {
            throw new Refused(unreadable.failure());
          }
          yield Optional.of(believed());
        }
      };
    }

    private Applied believed() {
      return new Applied(
          status.version(),
          String.valueOf(status.configHash()),
          List.of(),
          List.of(),
          List.of(),
          List.of());
    }

    RunOperation operation(Design design, Wanted wanted) {
      Bundle bundle = Operations.bundle(design, wanted.kind(), wanted.installed());
      return new RunOperation(
          server.name(),
          wanted.kind(),
          operationId(input, server, status, bundle.digest()),
          bundle,
          design.blueprint().allSecrets(),
          exports(design.member()),
          Boolean.TRUE.equals(resolution.definition().parallelSafe()),
          Optional.empty(),
          wanted.description(),
          Optional.empty());
    }

    private List<Export> exports(Members.Member member) {
      return resolution.definition().exports().stream()
          .filter(export -> makes(export, member))
          .map(e -> new Export(e.name(), e.command(), Boolean.TRUE.equals(e.secret())))
          .toList();
    }
  }

  /** Whether a member makes an export; unless it says otherwise, the leader does. */
  static boolean makes(ExportSpec export, Members.Member member) {
    boolean role = export.role() == null || export.role().equals(member.role());
    return role && (export.runOn() == RunOn.All || member.leader());
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
