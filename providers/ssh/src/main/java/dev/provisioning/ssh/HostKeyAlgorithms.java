package dev.provisioning.ssh;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.common.KeyType;

/**
 * Which kinds of host key are asked for first. A fingerprint does not tell its kind, and a server
 * shows only one key: when that is not a pinned one, its other kinds are asked for.
 */
final class HostKeyAlgorithms {
  private final Set<KeyType> seen = EnumSet.noneOf(KeyType.class);

  /** Asks for this kind last; false when that was done already, so nothing new can come. */
  boolean postpone(KeyType kind) {
    return kind != KeyType.UNKNOWN && seen.add(kind);
  }

  /** Postponed kinds stay allowed: the user's own key may be of one. */
  Config applyTo(Supplier<Config> fresh) {
    var config = fresh.get();
    if (!seen.isEmpty()) {
      config.setKeyAlgorithms(
          config.getKeyAlgorithms().stream()
              .sorted(Comparator.comparing(a -> seen.contains(a.create().getKeyFormat())))
              .toList());
    }
    return config;
  }
}
