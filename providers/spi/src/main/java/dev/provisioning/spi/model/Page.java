package dev.provisioning.spi.model;

import java.util.List;
import java.util.Optional;

/** One page of machines; no {@code next} means the last one. */
public record Page(List<Machine> machines, Optional<String> next) {
  public Page {
    machines = List.copyOf(machines);
  }

  /**
   * All that the query wants, on one page: for providers that hold tens of machines.
   *
   * @param owned by this operator, each with its owner
   */
  public static Page whole(List<Machine> owned, ListQuery query) {
    List<Machine> wanted =
        switch (query) {
          case ListQuery.All all -> owned;
          case ListQuery.Hot hot ->
              owned.stream()
                  .filter(m -> hot.uids().contains(m.owner().orElseThrow().uid()))
                  .toList();
        };
    return new Page(wanted, Optional.empty());
  }
}
