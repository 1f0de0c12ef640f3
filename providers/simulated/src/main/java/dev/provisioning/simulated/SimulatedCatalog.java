package dev.provisioning.simulated;

import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Price;
import dev.provisioning.spi.model.StorageRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans, zones, images and prices of the simulated cloud; invented, stable, in EUR. */
final class SimulatedCatalog {
  private static final Set<String> ZONES = Set.of("sim-a", "sim-b");
  private static final BigDecimal PER_GB_HOUR = new BigDecimal("0.0001");
  private static final BigDecimal PER_IPV4_HOUR = new BigDecimal("0.001");
  private static final BigDecimal HOURS_A_MONTH = new BigDecimal(730);
  private static final Map<String, BigDecimal> HOURLY =
      Map.of(
          "sim-1x1", new BigDecimal("0.005"),
          "sim-1x2", new BigDecimal("0.008"),
          "sim-2x4", new BigDecimal("0.016"),
          "sim-4x8", new BigDecimal("0.032"),
          "sim-8x16", new BigDecimal("0.064"),
          "sim-16x32", new BigDecimal("0.128"));

  static final Catalog CATALOG =
      new Catalog(
          List.of(new Catalog.Zone("sim-a"), new Catalog.Zone("sim-b")),
          List.of(plan(1, 1), plan(1, 2), plan(2, 4), plan(4, 8), plan(8, 16), plan(16, 32)),
          List.of(image("debian-12"), image("debian-13"), image("ubuntu-24.04")));

  private SimulatedCatalog() {}

  static Optional<Catalog.Plan> plan(String name) {
    return CATALOG.plans().stream().filter(p -> p.name().equals(name)).findFirst();
  }

  static boolean hasZone(String zone) {
    return ZONES.contains(zone);
  }

  /** The portable names, in a row for people. */
  static String images() {
    return String.join(", ", CATALOG.images().stream().map(Catalog.Image::name).toList());
  }

  static boolean hasImage(String id) {
    return CATALOG.images().stream().anyMatch(i -> i.id().equals(id));
  }

  static Optional<Price> price(String plan, StorageRequest storage, boolean ipv4, Instant asOf) {
    return Optional.ofNullable(HOURLY.get(plan))
        .map(hourly -> hourly.add(PER_GB_HOUR.multiply(BigDecimal.valueOf(gigabytes(storage)))))
        .map(hourly -> ipv4 ? hourly.add(PER_IPV4_HOUR) : hourly)
        .map(hourly -> new Price(hourly, hourly.multiply(HOURS_A_MONTH), "EUR", asOf));
  }

  private static int gigabytes(StorageRequest storage) {
    return storage.rootSizeGb()
        + storage.disks().stream().mapToInt(StorageRequest.Disk::sizeGb).sum();
  }

  private static Catalog.Plan plan(int cores, int memoryGb) {
    String name = "sim-" + cores + "x" + memoryGb;
    return new Catalog.Plan(name, cores, memoryGb * 1024, "amd64", false, ZONES);
  }

  private static Catalog.Image image(String name) {
    return new Catalog.Image(name, "sim-" + name, "amd64");
  }
}
