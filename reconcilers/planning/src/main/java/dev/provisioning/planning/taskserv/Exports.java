package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.RunOn;
import dev.provisioning.planning.taskserv.TaskServAction.Export;
import dev.provisioning.planning.taskserv.design.Members;
import java.util.List;

/** The values that a service makes for others, and which of its machines makes them. */
final class Exports {
  private Exports() {}

  /** Unless an export says otherwise, the leader makes it. */
  static boolean makes(ExportSpec export, Members.Member member) {
    boolean role = export.role() == null || export.role().equals(member.role());
    return role && (export.runOn() == RunOn.All || member.leader());
  }

  static List<Export> of(Resolution resolution, Members.Member member) {
    return resolution.definition().exports().stream()
        .filter(export -> makes(export, member))
        .map(e -> new Export(e.name(), e.command(), Boolean.TRUE.equals(e.secret())))
        .toList();
  }
}
