package dev.provisioning.spi;

import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Price;
import dev.provisioning.spi.model.StorageRequest;
import java.util.Optional;

/** Prices of one provider account. */
public interface PriceList {
  /** Of one machine. Empty when unknown: an unknown price is absent, never zero. */
  @ReadOnly
  Optional<Price> price(
      Catalog.Zone zone, Catalog.Plan plan, StorageRequest storage, boolean publicIpv4);
}
