package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What is concluded about one machine.
 *
 * @param target whether the service shall be there
 * @param status the last status and what became of its operation since
 * @param design what the machine shall be, where that can be told
 * @param problem why the machine is not as wanted and nothing can be done about it now
 * @param wanted the operation that it needs
 * @param retryAt not before
 */
record MemberState(
    String name,
    boolean target,
    MemberStatus status,
    Optional<Design> design,
    Optional<Failure> problem,
    Optional<RunOperation> wanted,
    Optional<Instant> retryAt) {
  boolean inFlight() {
    return Phases.inFlight(status).isPresent();
  }

  /** As wanted, and nothing runs. */
  boolean settled() {
    return !inFlight() && wanted.isEmpty() && Phases.settled(status);
  }

  /** An operation towards the present goal failed for a reason that lies in it. */
  boolean failed() {
    return status.lastFailure() != null
        && !"OperationLost".equals(status.lastFailure().reason())
        && status.phase() == dev.provisioning.api.taskserv.MemberPhase.Failed
        && design
            .map(Design::configHash)
            .filter(h -> h.equals(status.desiredConfigHash()))
            .isPresent();
  }

  /** The same, but for this reason nothing starts. */
  MemberState stopped(Failure why) {
    return new MemberState(name, target, status, design, Optional.of(why), wanted, retryAt);
  }

  boolean due(Instant now) {
    return retryAt.filter(now::isBefore).isEmpty();
  }
}
