package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import java.util.Optional;

/** Which operation a phase tells of. */
final class Phases {
  private Phases() {}

  static MemberPhase of(OperationKind kind) {
    return switch (kind) {
      case INSTALL -> MemberPhase.Installing;
      case RECONFIGURE -> MemberPhase.Configuring;
      case UPGRADE -> MemberPhase.Upgrading;
      case ROLLBACK -> MemberPhase.RollingBack;
      case UNINSTALL -> MemberPhase.Uninstalling;
    };
  }

  /** The operation that a status says is under way; its end was not seen yet. */
  static Optional<OperationKind> inFlight(MemberStatus status) {
    if (status.operationId() == null || status.phase() == null) {
      return Optional.empty();
    }
    return switch (status.phase()) {
      case Installing -> Optional.of(OperationKind.INSTALL);
      case Configuring -> Optional.of(OperationKind.RECONFIGURE);
      case Upgrading -> Optional.of(OperationKind.UPGRADE);
      case RollingBack -> Optional.of(OperationKind.ROLLBACK);
      case Uninstalling -> Optional.of(OperationKind.UNINSTALL);
      case Pending, Queued, Ready, Unhealthy, Failed, Uninstalled -> Optional.empty();
    };
  }

  /** The service is there and nothing runs. */
  static boolean settled(MemberStatus status) {
    return status.phase() == MemberPhase.Ready || status.phase() == MemberPhase.Unhealthy;
  }

  static boolean healthy(MemberStatus status) {
    return status.phase() == MemberPhase.Ready;
  }
}
