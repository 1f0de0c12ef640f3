package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.ExportStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.spi.model.SecretValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which values a service has made for others, where, and when. */
record ExportProjector(Assessment assessment) {
  private static final int LONGEST_VALUE = 4096;

  /**
   * {@code before} with what the operations that just ended printed, and without what the
   * definition no longer exports; secrets have their own place.
   */
  List<ExportStatus> project(List<ExportStatus> before) {
    if (assessment.resolution().isEmpty()) {
      return before;
    }
    Map<String, ExportStatus> known = new LinkedHashMap<>();
    before.forEach(e -> known.put(e.name(), e));
    TaskServDefinitionSpec definition = assessment.resolution().get().definition();
    Members roles = assessment.resolution().get().blueprint().members();
    for (ExportSpec export : definition.exports()) {
      for (Members.Member member : roles.all()) {
        Map<String, SecretValue> made = assessment.remembered().made().get(member.name());
        if (made != null && Exports.makes(export, member)) {
          known.put(export.name(), made(export, member.name(), made.get(export.name())));
        }
      }
    }
    known.keySet().retainAll(definition.exports().stream().map(ExportSpec::name).toList());
    return List.copyOf(known.values());
  }

  private ExportStatus made(ExportSpec export, String server, SecretValue value) {
    boolean secret = Boolean.TRUE.equals(export.secret());
    String text = value == null || secret ? null : value.reveal().strip();
    return new ExportStatus(
        export.name(),
        server,
        text == null ? null : Words.shortened(text, LONGEST_VALUE),
        Remembered.seconds(assessment.input().now()));
  }
}
