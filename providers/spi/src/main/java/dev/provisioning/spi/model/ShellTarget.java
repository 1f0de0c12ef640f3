package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where and how to log in. {@code machine} is the Server uid: one connection, one circuit breaker
 * and one lock per value. {@code privateKey} is an OpenSSH or PEM private key. {@code hostKeys} are
 * pinned fingerprints in OpenSSH form ({@code SHA256:…}); any of them may match. An empty list is
 * accepted only with {@link HostKeyPolicy#TRUST_ON_FIRST_USE}.
 */
public record ShellTarget(
    String machine,
    String host,
    int port,
    String user,
    SecretValue privateKey,
    List<String> hostKeys,
    HostKeyPolicy hostKeyPolicy,
    Optional<ShellTarget> bastion,
    Duration connectTimeout) {
  public ShellTarget {
    hostKeys = List.copyOf(hostKeys);
  }

  /** What becomes of a machine without any pinned key; where there is one, it must match. */
  public enum HostKeyPolicy {
    /** Nobody logs in. */
    PINNED,
    /** Whatever key it shows is taken. */
    TRUST_ON_FIRST_USE
  }
}
