package dev.provisioning.spi.model;

import java.util.List;
import java.util.Optional;

/** One page of machines; no {@code next} means the last one. */
public record Page(List<Machine> machines, Optional<String> next) {
  public Page {
    machines = List.copyOf(machines);
  }
}
