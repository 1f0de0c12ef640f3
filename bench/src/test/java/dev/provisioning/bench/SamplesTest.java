package dev.provisioning.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void percentilesAreValuesThatWereMeasured() {
    var samples = new Samples("x", List.of(5.0, 1.0, 4.0, 2.0, 3.0));
    assertThat(samples.median()).isEqualTo(3.0);
    assertThat(samples.percentile(99)).isEqualTo(5.0);
    assertThat(samples.percentile(1)).isEqualTo(1.0);
  }
}
