package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.planning.taskserv.design.Operations;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.HostDrift;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what one machine has with its design, and tells the operation that makes it so. */
record Comparison(Wish wish, ServerFacts server, MemberStatus status) {
  /**
   * @param installed version on the machine
   * @param correction puts back what changed on the machine, and nothing else
   */
  record Wanted(
      OperationKind kind, String description, Optional<String> installed, boolean correction) {
    Bundle bundle(Design design) {
      return correction
          ? Operations.correction(design)
          : Operations.bundle(design, kind, installed);
    }
  }

  /**
   * Empty: it is as designed.
   *
   * @throws Refused where that cannot be told, or the operation may not be
   */
  Optional<Wanted> wanted(Design design) {
    Optional<Applied> applied = applied();
    if (applied.isEmpty()) {
      Platform.check(wish.resolution(), server);
      return wanted(OperationKind.INSTALL, design, Optional.empty());
    }
    Optional<String> installed = Optional.of(tried().orElse(applied.get().version()));
    int order = Versions.compare(applied.get().version(), design.version());
    boolean half = half(applied.get());
    if (wish.back().isPresent()) {
      return order != 0 || half || !applied.get().configHash().equals(design.configHash())
          ? wanted(OperationKind.ROLLBACK, design, half ? doubtful(design) : installed)
          : Optional.empty();
    }
    if (tried().filter(t -> !t.equals(design.version())).isPresent() && order == 0) {
      return wanted(OperationKind.ROLLBACK, design, tried());
    }
    if (order != 0) {
      Platform.checkUpgrade(wish.resolution(), server, applied.get().version(), design.version());
      return wanted(OperationKind.UPGRADE, design, installed);
    }
    if (half || !applied.get().configHash().equals(design.configHash()) || lacksExports(design)) {
      return wanted(OperationKind.RECONFIGURE, design, installed);
    }
    return drift(design, installed);
  }

  private Optional<Wanted> wanted(OperationKind kind, Design design, Optional<String> installed) {
    return Optional.of(new Wanted(kind, Words.planned(kind, design, installed), installed, false));
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
    Set<String> made = new HashSet<>(wish.remembered().made(server.name()));
    wish.input().status().stream()
        .flatMap(s -> s.exports().stream())
        .forEach(export -> made.add(export.name()));
    return Exports.of(wish.resolution(), design.member()).stream()
        .anyMatch(export -> !made.contains(export.name()));
  }

  private Optional<Wanted> drift(Design design, Optional<String> installed) {
    List<HostDrift> found = Drifts.of(wish.input(), wish.resolution(), server.name());
    if (found.isEmpty() || !Drifts.corrects(wish.resolution()) || correctedLately()) {
      return Optional.empty();
    }
    String items = found.stream().map(HostDrift::item).collect(Collectors.joining(", "));
    return Optional.of(
        new Wanted(
            OperationKind.RECONFIGURE,
            "correct drift of %s on %s: %s"
                .formatted(wish.input().ref().name(), server.name(), items),
            installed,
            true));
  }

  /** What comes back at once is not fought: a service may change its own files. */
  private boolean correctedLately() {
    Duration interval = Drifts.interval(wish.input(), wish.resolution());
    return status.finishedAt() != null
        && wish.input().now().isBefore(status.finishedAt().plus(interval));
  }

  /** Empty: the machine has none. While it is asked again, the last status is believed. */
  private Optional<Applied> applied() {
    return switch (wish.input().member(server.name()).applied()) {
      case Reading.Known<Optional<String>> known -> known.value().map(Applied::parse);
      case Reading.Pending<Optional<String>> p -> {
        if (status.version() == null) {
          throw new Refused(MemberPlanner.reading(server.name()));
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
}
