package dev.provisioning.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.HostConfig;
import java.io.Serial;
import java.util.List;

/**
 * A host configuration with {@code systempaths=unconfined}, which is these two empty lists in the
 * API; docker-java has no fields for them. Nested containers need a whole {@code /proc}.
 */
final class MachineHostConfig extends HostConfig {
  @Serial private static final long serialVersionUID = 1L;

  @JsonProperty("MaskedPaths")
  public List<String> maskedPaths() {
    return List.of();
  }

  @JsonProperty("ReadonlyPaths")
  public List<String> readonlyPaths() {
    return List.of();
  }
}
