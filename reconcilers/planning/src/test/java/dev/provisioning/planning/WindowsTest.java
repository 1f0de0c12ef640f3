package dev.provisioning.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final List<MaintenanceWindow> SUNDAY_NIGHT =
      List.of(new MaintenanceWindow("0 2 * * SUN", "4h", "Europe/Madrid"));

  private static Optional<String> at(String instant) {
    return closed(instant).map(Failure::message);
  }

  private static Optional<Failure> closed(String instant) {
    return Windows.closed("acme", SUNDAY_NIGHT, Instant.parse(instant));
  }

  @Test
  void without_windows_there_is_no_waiting() {
    assertThat(Windows.closed("acme", List.of(), Instant.EPOCH)).isEmpty();
  }

  @Test
  void a_window_opens_on_time_in_its_zone_and_closes_after_its_duration() {
    assertThat(at("2026-01-04T00:59:59Z"))
        .contains(
            "waits for the maintenance window of Workspace acme, which opens at"
                + " 2026-01-04T01:00:00Z");
    assertThat(at("2026-01-04T01:00:00Z")).isEmpty();
    assertThat(at("2026-01-04T04:59:59Z")).isEmpty();
    assertThat(at("2026-01-04T05:00:00Z")).isPresent();
  }

  @Test
  void summer_time_moves_it() {
    assertThat(at("2026-07-05T00:00:00Z")).isEmpty();
    assertThat(at("2026-07-05T04:00:00Z")).isPresent();
  }

  @Test
  void the_next_look_is_when_it_opens() {
    assertThat(closed("2026-01-03T23:00:00Z"))
        .get()
        .isInstanceOfSatisfying(
            Failure.Waiting.class,
            waiting -> assertThat(waiting.retryAfter()).isEqualTo(Duration.ofHours(2)));
  }

  @Test
  void a_zone_that_does_not_exist_is_named_even_while_another_window_is_open() {
    assertThat(
            Windows.closed(
                "acme",
                List.of(
                    new MaintenanceWindow("0 0 * * *", "24h", null),
                    new MaintenanceWindow("0 2 * * *", "1h", "Europe/Madird")),
                Instant.EPOCH))
        .get()
        .isInstanceOf(Failure.Invalid.class)
        .extracting(Failure::message)
        .isEqualTo(
            "Workspace acme, spec.policy.maintenanceWindows[1].timeZone: there is no time zone"
                + " Europe/Madird; did you mean Europe/Madrid?");
  }

  @Test
  void a_schedule_that_does_not_exist_is_named() {
    assertThat(Windows.invalid(List.of(new MaintenanceWindow("0 25 * * *", "1h", null))))
        .get()
        .extracting(Failure::message)
        .asString()
        .startsWith("spec.policy.maintenanceWindows[0].schedule: ")
        .contains("25");
  }
}
