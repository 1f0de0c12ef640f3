package dev.provisioning.planning;

import dev.provisioning.spi.model.Failure;
import java.util.Optional;
import java.util.function.Function;

/** What an observer learnt, or why it could not: a failed read is a fact like any other. */
public sealed interface Answer<T> {
  record Known<T>(T value) implements Answer<T> {}

  record Unknown<T>(Failure failure) implements Answer<T> {}

  static <T> Answer<T> of(T value) {
    return new Known<>(value);
  }

  static <T> Answer<T> unknown(Failure why) {
    return new Unknown<>(why);
  }

  default <U> Answer<U> map(Function<T, U> view) {
    return switch (this) {
      case Known<T>(T value) -> of(view.apply(value));
      case Unknown<T>(Failure failure) -> unknown(failure);
    };
  }

  default Optional<T> known() {
    return switch (this) {
      case Known<T>(T value) -> Optional.of(value);
      case Unknown<T> unknown -> Optional.empty();
    };
  }

  default Optional<Failure> why() {
    return switch (this) {
      case Known<T> known -> Optional.empty();
      case Unknown<T>(Failure failure) -> Optional.of(failure);
    };
  }
}
