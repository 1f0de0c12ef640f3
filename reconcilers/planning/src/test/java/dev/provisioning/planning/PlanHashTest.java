package dev.provisioning.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanHashTest {
  private static final List<Action> PLAN = List.of(new Make("a"), new Make("b"));

  @Test
  void the_price_is_part_of_what_the_hash_names() {
    PlanHash ten = PlanHash.of(PLAN, new Cost("0.0137", "10.00", "EUR"));
    assertThat(ten).isEqualTo(PlanHash.of(PLAN, new Cost("0.0137", "10.00", "EUR")));
    assertThat(ten).isNotEqualTo(PlanHash.of(PLAN, new Cost("0.0137", "100.00", "EUR")));
    assertThat(ten).isNotEqualTo(PlanHash.of(PLAN, new Cost("0.1370", "10.00", "EUR")));
    assertThat(ten).isNotEqualTo(PlanHash.of(PLAN, new Cost("0.0137", "10.00", "USD")));
    assertThat(ten).isNotEqualTo(PlanHash.of(PLAN, new Cost("0.0137", null, "EUR")));
    assertThat(ten).isNotEqualTo(PlanHash.of(PLAN));
  }

  @Test
  void a_price_that_nobody_knows_leaves_the_hash_of_the_actions() {
    assertThat(PlanHash.of(PLAN, null)).isEqualTo(PlanHash.of(PLAN));
    assertThat(PlanHash.of(PLAN, new Cost(null, null, "EUR"))).isEqualTo(PlanHash.of(PLAN));
    assertThat(PlanHash.of(PLAN)).hasToString("f0770412e3e97276");
  }

  private record Make(String key) implements Action {
    @Override
    public String description() {
      return "make " + key;
    }
  }
}
