package dev.provisioning.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(60);

  private final Alarm alarm = new Alarm();

  @Test
  void whoever_sets_none_is_not_woken() {
    assertThat(alarm.earliest()).isEmpty();
  }

  @Test
  void the_earliest_time_wins_in_whatever_order_it_was_set() {
    alarm.set(LATE);
    alarm.set(EARLY);
    alarm.set(LATE);

    assertThat(alarm.earliest()).contains(EARLY);
  }
}
