package dev.provisioning.planning;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.provisioning.api.DurationText;
import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.planning.config.Names;
import dev.provisioning.spi.model.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When disruption may begin. What runs when a window closes runs on. */
public final class Windows {
  private static final CronParser CRON =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Reason of what waits for one to open. */
  public static final String CLOSED = "MaintenanceWindowClosed";

  private static final String PATH = "spec.policy.maintenanceWindows";
  private static final Duration LONGEST_SLEEP = Duration.ofHours(12);
  private static final Duration RECHECK = Duration.ofHours(1);

  private Windows() {}

  /** Empty: disruption may begin now. {@code workspace} is for the sentence. */
  public static Optional<Failure> closed(
      String workspace, List<MaintenanceWindow> windows, Instant now) {
    Optional<String> wrong = wrong(windows);
    if (windows.isEmpty() || wrong.isPresent()) {
      return wrong.map(text -> invalid("Workspace %s, %s".formatted(workspace, text)));
    }
    List<Instant> openings = new ArrayList<>();
    for (MaintenanceWindow window : windows) {
      ZonedDateTime here = now.atZone(zone(window));
      ExecutionTime times = ExecutionTime.forCron(CRON.parse(window.schedule()));
      if (isOpen(times, here, DurationText.parse(window.duration(), Duration.ZERO))) {
        return Optional.empty();
      }
      times.nextExecution(here).map(ZonedDateTime::toInstant).ifPresent(openings::add);
    }
    return Optional.of(
        openings.stream()
            .min(Instant::compareTo)
            .map(next -> waits(workspace, next, now))
            .orElseGet(() -> never(workspace)));
  }

  private static ZoneId zone(MaintenanceWindow window) {
    return window.timeZone() == null ? ZoneOffset.UTC : ZoneId.of(window.timeZone());
  }

  private static boolean isOpen(ExecutionTime times, ZonedDateTime now, Duration duration) {
    return times.isMatch(now)
        || times
            .lastExecution(now)
            .filter(opened -> opened.toInstant().plus(duration).isAfter(now.toInstant()))
            .isPresent();
  }

  private static Failure waits(String workspace, Instant next, Instant now) {
    return new Failure.Waiting(
        CLOSED,
        "waits for the maintenance window of Workspace %s, which opens at %s"
            .formatted(workspace, next),
        sleep(Duration.between(now, next)));
  }

  private static Duration sleep(Duration wait) {
    return wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
  }

  private static Failure never(String workspace) {
    return new Failure.Waiting(
        CLOSED,
        "no maintenance window of Workspace %s ever opens: change its %s"
            .formatted(workspace, PATH),
        RECHECK);
  }

  /** What the API server cannot see: a time zone or a schedule that does not exist. */
  public static Optional<Failure> invalid(List<MaintenanceWindow> windows) {
    return wrong(windows).map(Windows::invalid);
  }

  private static Optional<String> wrong(List<MaintenanceWindow> windows) {
    for (int i = 0; i < windows.size(); i++) {
      String path = "%s[%d]".formatted(PATH, i);
      try {
        zone(windows.get(i));
      } catch (DateTimeException e) {
        return Optional.of(unknown(path, windows.get(i).timeZone()));
      }
      try {
        CRON.parse(windows.get(i).schedule()).validate();
      } catch (IllegalArgumentException e) {
        return Optional.of("%s.schedule: %s".formatted(path, e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static String unknown(String path, String zone) {
    return "%s.timeZone: there is no time zone %s%s"
        .formatted(path, zone, Names.didYouMean(zone, ZoneId.getAvailableZoneIds()));
  }

  private static Failure invalid(String message) {
    return new Failure.Invalid("MaintenanceWindowInvalid", message);
  }
}
