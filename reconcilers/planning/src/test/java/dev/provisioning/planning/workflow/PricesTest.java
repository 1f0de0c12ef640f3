package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Cost;
import dev.provisioning.api.workflow.ChildKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a workflow will cost is in its plan; a part of it is never told as the whole. */
class PricesTest {
  private static final String TWO =
      """
      mode: Plan
      operations:
      - {name: web, servers: {names: [web-01, web-02], template: {plan: small}}}
      - {name: db, dependsOn: [{name: web}], taskServ: {definition: postgres}}
      """;

  @Test
  void the_plan_has_the_price_of_all_machines() {
    assertThat(cost(Map.of(server("web-01"), euro("0.01"), server("web-02"), euro("0.02")), TWO))
        .isEqualTo(new Cost("0.0300", "21.90", "EUR"));
  }

  @Test
  void one_unknown_price_makes_the_whole_unknown() {
    assertThat(cost(Map.of(server("web-01"), euro("0.01")), TWO)).isNull();
  }

  @Test
  void no_sum_of_different_currencies() {
    Cost dollars = new Cost("0.0200", "14.60", "USD");
    assertThat(cost(Map.of(server("web-01"), euro("0.01"), server("web-02"), dollars), TWO))
        .isNull();
  }

  private static Cost cost(Map<ChildRef, Cost> prices, String yaml) {
    Scene scene = new Scene();
    scene.prices = prices;
    scene.apply(yaml).settle();
    return scene.status.orElseThrow().plan().cost();
  }

  private static ChildRef server(String name) {
    return new ChildRef(ChildKind.Server, name);
  }

  private static Cost euro(String hourly) {
    String monthly =
        new java.math.BigDecimal(hourly).multiply(new java.math.BigDecimal(730)).toPlainString();
    return new Cost(hourly, monthly, "EUR");
  }
}
