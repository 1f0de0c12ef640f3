package dev.provisioning.planning.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values from one place. {@code origin} names it for a person: {@code Workspace acme/defaults}.
 * Values are JSON as Java knows it: maps, lists, texts, numbers, booleans; an explicit {@code null}
 * removes what lower layers say.
 */
public record Layer(String origin, Map<String, Object> values) {
  public Layer {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
