package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.Optional;

/**
 * One command for {@code /bin/sh -c}. {@code sudo} runs it as root. Never put a secret in {@code
 * script}: it shows in the machine's process list; pass it through {@code stdin}. After {@code
 * timeout} it fails as {@code CommandTimeout}.
 */
public record RemoteCommand(
    String script, boolean sudo, Optional<SecretValue> stdin, Duration timeout) {
  public static RemoteCommand asRoot(String script, Duration timeout) {
    return new RemoteCommand(script, true, Optional.empty(), timeout);
  }
}
