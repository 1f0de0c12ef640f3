package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.StoryFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people would see of a scene, line by line, each with its time since the start. */
final class Chronicle {
  private final Instant start;
  private final List<String> told = new ArrayList<>();

  Chronicle(Instant start) {
    this.start = start;
  }

  void chapter(String title) {
    told.add("");
    told.add("# " + title);
  }

  /** A line without a time, about what is not seen otherwise. */
  void note(String line) {
    told.add(line);
  }

  void say(Instant now, String name, String what) {
    long seconds = Duration.between(start, now).toSeconds();
    told.add(
        "%02d:%02d:%02d %s: %s"
            .formatted(seconds / 3600, seconds / 60 % 60, seconds % 60, name, what));
  }

  /** Events, and the status where it reads otherwise than before. */
  void tell(
      Instant now,
      String name,
      Optional<TaskServStatus> before,
      Projection<TaskServStatus> projection) {
    projection
        .events()
        .forEach(
            e -> say(now, name, (e.warning() ? "! " : "* ") + e.reason() + ": " + e.message()));
    String after = line(projection.status());
    if (!after.equals(before.map(Chronicle::line).orElse(""))) {
      say(now, name, after);
    }
  }

  List<String> lines() {
    return StoryFile.named(told);
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }

  private static String line(TaskServStatus status) {
    Condition ready = Conditions.find(status.conditions(), Conditions.READY).orElseThrow();
    String marks = mark(status, Conditions.STALLED) + mark(status, Conditions.RECONCILING);
    return "%s %s%s [%s] %s"
        .formatted(
            status.phase(),
            status.ready() == null ? "-" : status.ready(),
            marks,
            ready.reason(),
            ready.message());
  }

  private static String mark(TaskServStatus status, String condition) {
    return Conditions.find(status.conditions(), condition)
        .map(c -> " " + condition.toLowerCase(java.util.Locale.ROOT))
        .orElse("");
  }
}
