package dev.provisioning.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Cost;
import dev.provisioning.spi.model.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostSumTest {
  private static final Price PRICE =
      new Price(
          new BigDecimal("0.00745"),
          new BigDecimal("5.4385"),
          "EUR",
          Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void one_price_is_told_in_the_digits_of_a_sum() {
    assertThat(CostSum.of(PRICE)).isEqualTo(new Cost("0.0075", "5.44", "EUR"));
    assertThat(CostSum.of(List.of(CostSum.of(PRICE)))).isEqualTo(CostSum.of(PRICE));
  }

  @Test
  void an_amount_that_nobody_knows_is_absent_from_the_sum() {
    Cost monthly = new Cost(null, "10.00", "EUR");
    assertThat(CostSum.of(List.of(monthly, monthly))).isEqualTo(new Cost(null, "20.00", "EUR"));
  }

  @Test
  void nothing_and_different_currencies_have_no_sum() {
    assertThat(CostSum.of(List.of())).isNull();
    assertThat(
            CostSum.of(
                List.of(new Cost("1.0000", "730.00", "EUR"), new Cost("1.0000", "730.00", "USD"))))
        .isNull();
  }
}
