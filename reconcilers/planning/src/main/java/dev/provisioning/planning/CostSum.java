package dev.provisioning.planning;

import dev.provisioning.api.Cost;
import dev.provisioning.spi.model.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one thing or several cost, with the digits in which a {@link Cost} is told. */
public final class CostSum {
  private static final int HOURLY_DIGITS = 4;
  private static final int MONTHLY_DIGITS = 2;

  private CostSum() {}

  /**
   * The sum; an amount that none of them knows is absent from it.
   *
   * @return null where there is nothing to add, and for different currencies, which have no sum
   */
  public static Cost of(List<Cost> costs) {
    Set<String> currencies = costs.stream().map(Cost::currency).collect(Collectors.toSet());
    return currencies.size() != 1
        ? null
        : new Cost(
            sum(costs, Cost::hourly, HOURLY_DIGITS),
            sum(costs, Cost::monthly, MONTHLY_DIGITS),
            currencies.iterator().next());
  }

  /** One price alone, in the digits of a sum. */
  public static Cost of(Price price) {
    return new Cost(
        told(price.hourly(), HOURLY_DIGITS), monthly(price.monthly()), price.currency());
  }

  /** An amount a month, in the digits of a sum. */
  public static String monthly(BigDecimal amount) {
    return told(amount, MONTHLY_DIGITS);
  }

  private static String sum(List<Cost> costs, Function<Cost, String> field, int digits) {
    return costs.stream()
        .map(field)
        .filter(Objects::nonNull)
        .map(BigDecimal::new)
        .reduce(BigDecimal::add)
        .map(total -> told(total, digits))
        .orElse(null);
  }

  private static String told(BigDecimal amount, int digits) {
    return amount.setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }
}
