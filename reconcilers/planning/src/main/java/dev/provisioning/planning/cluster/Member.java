package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.MemberStatus;
import dev.provisioning.api.server.ServerSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A Server of the Cluster, judged against what is wanted.
 *
 * @param leaving why it goes, if it goes
 * @param wish its spec as wanted; empty when its pool is not wanted
 * @param outdated no machine can be brought to the wish
 * @param brokenSince since when it is broken
 * @param silence it runs as far as its provider knows, and answers none of its services' checks
 * @param serves its machine is ready, and so is every wanted service on it
 */
record Member(
    ServerChild child,
    Optional<MemberStatus> before,
    Optional<Cause> leaving,
    Optional<ServerSpec> wish,
    Map<String, String> labels,
    boolean outdated,
    Optional<Instant> brokenSince,
    Optional<String> silence,
    boolean serves) {

  String name() {
    return child.name();
  }

  /** It was part of the Cluster once: its first readiness is past. */
  boolean joined() {
    return child.ready()
        || before.filter(status -> Boolean.TRUE.equals(status.joined())).isPresent();
  }

  boolean stays() {
    return leaving.isEmpty() && !child.ref().deleting();
  }

  /** Its own spec or labels are not what is wanted, and can become so. */
  boolean changes() {
    return stays()
        && !outdated
        && wish.filter(w -> !Specs.same(w, child.spec()) || !labelled()).isPresent();
  }

  private boolean labelled() {
    return child.ref().labels().entrySet().containsAll(labels.entrySet());
  }

  Member leaving(Cause cause) {
    return new Member(
        child, before, Optional.of(cause), wish, labels, outdated, brokenSince, silence, serves);
  }

  /** What is wrong with it, when something is. */
  String trouble() {
    return child.ready() ? silence.orElse("no answer") : child.message();
  }

  /** What the status of an earlier pass decided about it for good. */
  Optional<Cause> decided() {
    return before.map(MemberStatus::state).flatMap(Member::cause);
  }

  private static Optional<Cause> cause(String state) {
    return switch (state) {
      case "Replacing" -> Optional.of(Cause.REPLACED);
      case "Healing" -> Optional.of(Cause.HEALED);
      default -> Optional.empty();
    };
  }

  /** The word for its state in the status. */
  String state() {
    if (leaving.isPresent() || child.ref().deleting()) {
      return switch (leaving.orElse(Cause.REMOVED)) {
        case REPLACED -> "Replacing";
        case HEALED -> "Healing";
        case DELETED, SCALED_DOWN, REMOVED -> "Leaving";
      };
    }
    if (brokenSince.isPresent()) {
      return "Broken";
    }
    if (!joined()) {
      return "Creating";
    }
    return child.ready() && !changes() && !outdated ? "Ready" : "Updating";
  }
}
