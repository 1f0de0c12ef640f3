package dev.provisioning.planning.taskserv;

import dev.provisioning.planning.config.SecretPaths;
import dev.provisioning.planning.taskserv.design.Configuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where the secrets of a configuration come from, and which of them are there.
 *
 * @param all by the secret's name on the machine
 * @param known those that exist, with their fingerprints
 * @param generate keys of the generated Secret that do not exist yet
 * @param missing entries that the spec refers to and that do not exist
 */
record SecretSources(
    Map<String, SecretKey> all,
    Map<String, SecretUse> known,
    List<String> generate,
    List<SecretKey> missing) {

  /** {@code fingerprints} knows the Secrets' entries; absent: there is none. */
  static SecretSources of(
      String taskServ,
      Configuration configuration,
      Function<SecretKey, Optional<String>> fingerprints) {
    Map<String, SecretKey> all = new TreeMap<>();
    configuration.secrets().forEach((name, ref) -> all.put(name, key(ref, name, taskServ)));
    SecretSources sources =
        new SecretSources(all, new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    all.forEach(
        (name, key) -> {
          Optional<String> fingerprint = fingerprints.apply(key);
          if (fingerprint.isPresent()) {
            sources.known.put(name, new SecretUse(key, fingerprint.get()));
          } else if (key.secret().equals(Resolution.generatedSecret(taskServ))) {
            sources.generate.add(key.key());
          } else {
            sources.missing.add(key);
          }
        });
    return sources;
  }

  private static SecretKey key(SecretPaths.Reference reference, String name, String taskServ) {
    return reference
        .secret()
        .map(secret -> new SecretKey(secret, reference.key()))
        .orElseGet(() -> new SecretKey(Resolution.generatedSecret(taskServ), name));
  }
}
