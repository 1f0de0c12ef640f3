package dev.provisioning.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import java.util.Map;

/**
 * A container engine that answered.
 *
 * @param endpoint URI of its socket
 * @param onThisHost whether paths of this computer are paths of the engine's
 */
record Engine(DockerClient client, String endpoint, boolean onThisHost, Info info) {
  private static final Map<String, String> ARCHITECTURES =
      Map.of("x86_64", "amd64", "amd64", "amd64", "aarch64", "arm64", "arm64", "arm64");

  /** Debian's word, or the engine's own where Debian has none. */
  String architecture() {
    return ARCHITECTURES.getOrDefault(info.getArchitecture(), info.getArchitecture());
  }

  int cores() {
    return info.getNCPU();
  }

  boolean cgroupV2() {
    return "2".equals(info.getCGroupVersion());
  }

  String description() {
    return "%s at %s, %d cores".formatted(info.getOperatingSystem(), endpoint, cores());
  }
}
