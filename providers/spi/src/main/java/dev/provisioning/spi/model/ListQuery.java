package dev.provisioning.spi.model;

import java.util.Optional;
import java.util.Set;

/** What the poller asks for, one page at a time. */
public sealed interface ListQuery {
  Optional<String> cursor();

  /** Machines of these Server uids, for machines in transition. */
  record Hot(Set<String> uids, Optional<String> cursor) implements ListQuery {
    public Hot {
      uids = Set.copyOf(uids);
    }
  }

  /** Every machine with the operator's tag. */
  record All(Optional<String> cursor) implements ListQuery {}
}
