package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.Failure;
import java.util.Optional;

/** What is known of something that only a machine can tell. */
public sealed interface Reading<T> {
  /** The question is on its way; its answer wakes the TaskServ. */
  record Pending<T>() implements Reading<T> {}

  record Known<T>(T value) implements Reading<T> {}

  /** The machine could not be asked; it will be asked again. */
  record Unreadable<T>(Failure failure) implements Reading<T> {}

  default Optional<T> known() {
    return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
  }
}
