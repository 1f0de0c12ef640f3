package dev.provisioning.spi.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a machine costs; {@code monthly} is 730 hours or the provider's own month; {@code currency}
 * is its ISO 4217 code.
 */
public record Price(BigDecimal hourly, BigDecimal monthly, String currency, Instant asOf) {}
