package dev.provisioning.existing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The shell on the machine. The owner file appears whole or not at all: it is written aside and
 * linked into place, which fails if the name exists, under the lock of this directory.
 */
final class HostScripts {
  private static final String LOCKED =
      """
      set -eu
      umask 077
      d=/var/lib/provisioning
      mkdir -p "$d"
      exec 9>"$d/owner.lock"
      flock -w 20 9
      """;

  private static final String REPLY =
      """
      cat /etc/machine-id 2>/dev/null || echo
      if [ -e "$d/owner.json" ]; then base64 <"$d/owner.json" | tr -d '\\n'; fi; echo
      if [ -e "$d/tags.json" ]; then base64 <"$d/tags.json" | tr -d '\\n'; fi; echo
      """;

  /** Prints three lines: machine-id, owner file and tags file, these two in Base64, or empty. */
  static final String READ = "set -eu\nd=/var/lib/provisioning\n" + REPLY;

  /** Exit code of a script on any machine but the one it was written for. */
  static final int ANOTHER_MACHINE = 3;

  private HostScripts() {}

  /** Takes the machine unless it has an owner; prints what stands afterwards, as {@link #READ}. */
  static String claim(String machineId, String json) {
    return LOCKED
        + sameMachine(machineId)
        + """
        t=$(mktemp "$d/.owner.XXXXXX")
        printf %%s '%s' | base64 -d >"$t"
        ln "$t" "$d/owner.json" 2>/dev/null || [ -e "$d/owner.json" ]
        rm -f "$t"
        sync -f "$d" 2>/dev/null || true
        """
            .formatted(encoded(json))
        + REPLY;
  }

  /** Replaces the owner file if it still is {@code expected}, byte for byte; prints what stands. */
  static String replace(String machineId, String expected, String json) {
    return write("owner", machineId, expected, json);
  }

  /** Removes owner and tags if the owner file still is {@code expected}; prints what stands. */
  static String giveUp(String machineId, String expected) {
    return LOCKED
        + sameMachine(machineId)
        + """
        if [ -e "$d/owner.json" ]; then
          if [ "$(base64 <"$d/owner.json" | tr -d '\\n')" = '%s' ]; then
            rm -f "$d/owner.json" "$d/tags.json"
          fi
        fi
        """
            .formatted(encoded(expected))
        + REPLY;
  }

  /** Writes the tags if the owner file still is {@code expectedOwner}; prints what stands. */
  static String tag(String machineId, String expectedOwner, String json) {
    return write("tags", machineId, expectedOwner, json);
  }

  private static String write(String file, String machineId, String expectedOwner, String json) {
    return LOCKED
        + sameMachine(machineId)
        + """
        if [ "$(base64 <"$d/owner.json" | tr -d '\\n')" = '%2$s' ]; then
          t=$(mktemp "$d/.%1$s.XXXXXX")
          printf %%s '%3$s' | base64 -d >"$t"
          mv -f "$t" "$d/%1$s.json"
        fi
        """
            .formatted(file, encoded(expectedOwner), encoded(json))
        + REPLY;
  }

  /** Between our look and our touch the address may have been given to another machine. */
  private static String sameMachine(String machineId) {
    return "[ \"$(cat /etc/machine-id)\" = '%s' ] || { cat /etc/machine-id; exit 3; }\n"
        .formatted(machineId);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
