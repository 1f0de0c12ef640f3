package dev.provisioning.spi.model;

import java.util.List;
import java.util.Set;

/** What can be bought where. */
public record Catalog(List<Zone> zones, List<Plan> plans, List<Image> images) {
  public Catalog {
    zones = List.copyOf(zones);
    plans = List.copyOf(plans);
    images = List.copyOf(images);
  }

  /** Where machines can be made; {@code name} is the provider's own. */
  public record Zone(String name) {}

  /**
   * A machine size; {@code zones} are those that offer it. 0 cores and 0 MB: a machine is what it
   * is. A deprecated plan is taken only where a spec names it.
   */
  public record Plan(
      String name,
      int cores,
      int memoryMb,
      String architecture,
      boolean deprecated,
      Set<String> zones) {
    public Plan {
      zones = Set.copyOf(zones);
    }
  }

  /** {@code name} is the portable name ({@code debian-12}), {@code id} the provider's own. */
  public record Image(String name, String id, String architecture) {}
}
