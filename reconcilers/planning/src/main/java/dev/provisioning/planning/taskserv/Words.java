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
    String name = design.blueprint().identity().taskServ();
    String on = " on " + design.member().name();
    String configuration = " (configuration " + design.configHash() + ")";
    return switch (kind) {
      case INSTALL -> "install " + name + " " + design.version() + on + configuration;
      case RECONFIGURE -> "reconfigure " + name + " " + design.version() + on + configuration;
      case UPGRADE ->
          "upgrade %s from %s to %s%s%s"
              .formatted(name, installed.orElse("?"), design.version(), on, configuration);
      case ROLLBACK -> "put " + name + on + " back to " + design.version() + configuration;
      case UNINSTALL -> "uninstall " + name + " from " + design.member().name();
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
