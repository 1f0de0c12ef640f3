package dev.provisioning.crds;

import dev.provisioning.api.Formats;
import java.util.Map;

/**
 * Bounds of texts inside lists and maps, where an annotation on the record's component says
 * nothing.
 */
final class Bounds {
  private static final int DEFAULT_LENGTH = 253;

  private static final Map<String, Integer> LENGTHS =
      Map.of(
          "logTail",
          1_024,
          "warnings",
          512,
          "tags",
          256,
          "settings",
          1_024,
          "matchLabels",
          63,
          "architectures",
          63,
          "capabilities",
          63,
          "labels",
          63,
          "zones",
          63,
          "environment",
          1_024);

  private static final Map<String, String> PATTERNS =
      Map.of(
          "authorizedKeys", Formats.PUBLIC_KEY,
          "hostKeys", Formats.FINGERPRINT,
          "names", Formats.NAME,
          "roles", Formats.NAME,
          "provides", Formats.NAME,
          "nodePools", Formats.NAME,
          "dependsOn", Formats.NAME,
          "addresses", Formats.HOST,
          "dataPaths", Formats.DATA_PATH);

  private Bounds() {}

  /** The longest text of an item or value of the field {@code name}. */
  static int length(String name) {
    return LENGTHS.getOrDefault(name, DEFAULT_LENGTH);
  }

  /** The pattern of an item of the field {@code name}, or null. */
  static String pattern(String name) {
    return PATTERNS.get(name);
  }
}
