package dev.provisioning.ssh;

import dev.provisioning.spi.model.RemoteOperation;
import java.util.TreeMap;

/**
 * What belongs to one try and goes to tmpfs: secrets, commands of exports, limits. Exports are
 * numbered, since their commands run in order of name.
 */
final class OperationArchive {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private OperationArchive() {}

  static byte[] of(RemoteOperation operation) {
    var tar = new TarArchive();
    new TreeMap<>(operation.secrets())
        .forEach((name, secret) -> tar.add("secrets/" + checked(name), secret.reveal()));
    int number = 0;
    for (var export : new TreeMap<>(operation.exports()).entrySet()) {
      var at = "exports/%02d/".formatted(++number);
      tar.add(at + "name", checked(export.getKey()) + "\n");
      tar.add(at + "command", export.getValue());
    }
    operation
        .timeout()
        .ifPresent(limit -> tar.add("timeout", CommandLines.wholeSeconds(limit) + "\n"));
    if (operation.parallelSafe()) {
      tar.add("parallel", "");
    }
    return tar.bytes();
  }

  private static String checked(String name) {
    if (!name.matches(NAME)) {
      throw SshFailures.badBundle("not a name of a secret or export: " + name);
    }
    return name;
  }
}
