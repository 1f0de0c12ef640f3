package dev.provisioning.planning.config;

import java.util.Collection;
import java.util.Comparator;

/** Names that people misspell. */
public final class Names {
  private static final int NEAR = 2;

  private Names() {}

  /** {@code "; did you mean db?"}, or nothing when no name is near. */
  public static String didYouMean(String wrong, Collection<String> known) {
    return known.stream()
        .filter(name -> EditDistance.between(wrong, name) <= NEAR)
        .min(
            Comparator.comparingInt((String name) -> EditDistance.between(wrong, name))
                .thenComparing(name -> name))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }
}
