package dev.provisioning.controllers.taskserv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The objects of a {@link Scene} as a user would write them. */
final class Manifests {
  private Manifests() {}

  /** {@code more} of its spec: empty, or one that starts with a comma. */
  static String workspace(String more) {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: Workspace
    metadata: {name: acme}
    spec: {mode: Solo, providers: [{name: own, type: existing}]%s}
    """
        .formatted(more);
  }

  static String server(String name, String address, String labels) {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: Server
    metadata: {name: %s, labels: {%s}}
    spec: {workspace: acme, provider: own, address: %s, plan: existing, image: existing}
    """
        .formatted(name, labels, address);
  }

  /** The same Server with the status that its operator would write. */
  static String readyServer(String name, String address) {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: Server
    metadata: {name: %s}
    status:
      observedGeneration: 1
      phase: Ready
      incarnation: 1
      addresses: [{type: PrivateIpv4, value: %s}]
      facts: {os: debian, version: "12", architecture: amd64, kernel: "6.1", cores: 2,
              memoryMb: 4096, diskGb: 40, systemd: true, machineId: a, bootId: b}
      conditions:
      - {type: Ready, status: "True", reason: Ready, message: ok,
         lastTransitionTime: "2026-01-01T00:00:00Z"}
    """
        .formatted(name, address);
  }

  static String taskServ(String name, String spec) {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: TaskServ
    metadata: {name: %s}
    spec: {%s}
    """
        .formatted(name, spec);
  }

  /** A service that does one thing; {@code more} of its spec. */
  static String definition(String name, String version, String more) {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: TaskServDefinition
    metadata: {name: %s}
    spec: {category: Development, description: does one thing, versions: [{version: "%s"}],
           install: [{name: work, run: "true"}], %s}
    """
        .formatted(name, version, more);
  }

  static String secret(String name, String key, String value) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %s}
    stringData: {%s: %s}
    """
        .formatted(name, key, value);
  }

  /** Of a file beside this class. */
  static String file(String name) {
    try (InputStream in = Manifests.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
