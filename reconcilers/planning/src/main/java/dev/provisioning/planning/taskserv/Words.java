package dev.provisioning.planning.taskserv;

import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.StepFailureStatus;
import dev.provisioning.planning.taskserv.design.Design;
import java.util.List;
import java.util.Optional;

/** The sentences that people read in plans, events and conditions. */
final class Words {
  private Words() {}

  /** Reason of the event of an operation that ended well. */
  static String done(OperationKind kind) {
    return switch (kind) {
      case INSTALL -> "Installed";
      case RECONFIGURE -> "Configured";
      case UPGRADE -> "Upgraded";
      case ROLLBACK -> "RolledBack";
      case UNINSTALL -> "Uninstalled";
    };
  }

  static String done(OperationKind kind, String taskServ, String version, String server) {
    String what = version == null ? taskServ : taskServ + " " + version;
    return switch (kind) {
      case INSTALL -> what + " is installed on " + server;
      case RECONFIGURE -> what + " on " + server + " has its new configuration";
      case UPGRADE -> taskServ + " on " + server + " is now " + version;
      case ROLLBACK -> taskServ + " on " + server + " is back at " + version;
      case UNINSTALL -> what + " is uninstalled from " + server;
    };
  }

  /** What an operation will do, in the plan. {@code installed} is what the machine has now. */
  static String planned(OperationKind kind, Design design, Optional<String> installed) {
    return planned(
        kind,
        design.blueprint().identity().taskServ(),
        design.member().name(),
        new Goal(design.version(), design.configHash(), installed));
  }

  /** An operation that is under way, in the words that it was planned with. */
  static String underWay(OperationKind kind, String name, MemberStatus status) {
    Goal goal =
        new Goal(
            String.valueOf(status.desiredVersion()),
            String.valueOf(status.desiredConfigHash()),
            Optional.ofNullable(status.version()));
    return planned(kind, name, status.name(), goal);
  }

  private record Goal(String version, String configHash, Optional<String> installed) {}

  private static String planned(OperationKind kind, String name, String server, Goal goal) {
    String on = " on " + server;
    String configuration = " (configuration " + goal.configHash() + ")";
    return switch (kind) {
      case INSTALL -> "install " + name + " " + goal.version() + on + configuration;
      case RECONFIGURE -> "reconfigure " + name + " " + goal.version() + on + configuration;
      case UPGRADE ->
          "upgrade %s from %s to %s%s%s"
              .formatted(name, goal.installed().orElse("?"), goal.version(), on, configuration);
      case ROLLBACK -> "put " + name + on + " back to " + goal.version() + configuration;
      case UNINSTALL -> "uninstall " + name + " from " + server;
    };
  }

  static String uninstall(String name, String server, DataPolicy policy, List<String> dataPaths) {
    String data =
        dataPaths.isEmpty()
            ? ""
            : policy == DataPolicy.Delete
                ? " and delete its data in " + String.join(", ", dataPaths)
                : "; its data in " + String.join(", ", dataPaths) + " stays";
    return "uninstall " + name + " from " + server + data;
  }

  static String stepFailed(String taskServ, MemberStatus member, StepFailureStatus failure) {
    int count = member.stepCount() == null ? 0 : member.stepCount();
    int index = member.stepIndex() == null ? 0 : member.stepIndex();
    String step =
        failure.step() == null || failure.step().isEmpty()
            ? ""
            : count > 0
                ? "step %d/%d %s ".formatted(Math.max(1, index), count, failure.step())
                : "step " + failure.step() + " ";
    return "TaskServ %s on %s: %s%s"
        .formatted(taskServ, member.name(), step, shortened(failure.message(), 800));
  }

  static String shortened(String text, int length) {
    if (text == null) {
      return "";
    }
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
