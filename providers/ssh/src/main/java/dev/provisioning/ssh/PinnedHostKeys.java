package dev.provisioning.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/**
 * Accepts the fingerprints it was given, or anything when given none. It is asked during key
 * exchange, hence before any authentication.
 */
final class PinnedHostKeys implements HostKeyVerifier {
  private final List<String> pins;
  private volatile String seen;
  private volatile KeyType algorithm = KeyType.UNKNOWN;

  PinnedHostKeys(List<String> pins) {
    this.pins = List.copyOf(pins);
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    seen = fingerprint(key);
    algorithm = KeyType.fromKey(key);
    return pins.isEmpty() || pins.contains(seen);
  }

  /** None: a fingerprint does not tell its algorithm. */
  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    return List.of();
  }

  /** The fingerprint the peer showed; empty when it never came so far. */
  Optional<String> seen() {
    return Optional.ofNullable(seen);
  }

  /** Of the key that was seen. */
  KeyType algorithm() {
    return algorithm;
  }

  boolean refused() {
    return seen != null && !pins.isEmpty() && !pins.contains(seen);
  }

  /** As {@code ssh-keygen -l} prints it. */
  static String fingerprint(PublicKey key) {
    var blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
