package dev.provisioning.planning.bundle;

import dev.provisioning.planning.config.Hashes;
import dev.provisioning.spi.model.Bundle;
import java.util.TreeMap;

/** Gives bundles their digest. */
public final class SealedBundle {
  private SealedBundle() {}

  /** The same bundle with the digest of all its fields. */
  public static Bundle of(Bundle bundle) {
    String text =
        String.join(
            "\n",
            bundle.taskServ(),
            bundle.files().toString(),
            bundle.steps().toString(),
            new TreeMap<>(bundle.environment()).toString(),
            bundle.appliedState().toString());
    return new Bundle(
        Hashes.sha256(text),
        bundle.taskServ(),
        bundle.files(),
        bundle.steps(),
        bundle.environment(),
        bundle.appliedState());
  }
}
