package dev.provisioning.controllers.access;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What a watch told: {@code before} is empty of what came, {@code now} of what went. */
public record Change<T extends HasMetadata>(Optional<T> before, Optional<T> now) {
  /** The object as it is, or was last. */
  public T object() {
    return now.or(() -> before).orElseThrow();
  }

  /** It came, it went, or {@code differ} of what it was and what it is. */
  public boolean matters(BiPredicate<T, T> differ) {
    return before.isEmpty() || now.isEmpty() || differ.test(before.get(), now.get());
  }

  /** True of two objects whose specs are not the same, as their generations tell. */
  public static boolean ofSpec(HasMetadata before, HasMetadata now) {
    return !before.getMetadata().getGeneration().equals(now.getMetadata().getGeneration());
  }
}
