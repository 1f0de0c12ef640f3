package dev.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({"30s,PT30S", "10m,PT10M", "1h30m,PT1H30M", "7d,PT168H", "1d2h3m4s,PT26H3M4S"})
  void readsDurationsAsPeopleWriteThem(String text, Duration expected) {
    assertThat(text).matches(Formats.DURATION);
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "1m1h", "-5s", "1.5h", "5 m", "1000000s"})
  void refusesWhatTheSchemaRefuses(String text) {
    assertThat(text).doesNotMatch(Formats.DURATION);
  }

  @Test
  void anAbsentDurationHasTheDefault() {
    assertThat(DurationText.parse(null, Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void saysWhatIsNotADuration() {
    assertThatThrownBy(() -> DurationText.parse("soon"))
        .hasMessage("not a duration like 30s or 1h30m: soon");
  }
}
