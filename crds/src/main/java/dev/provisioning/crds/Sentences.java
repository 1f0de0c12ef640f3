package dev.provisioning.crds;

import dev.provisioning.api.Formats;
import java.util.Map;

/**
 * What the API server says when a text does not match its pattern: a sentence with an example
 * instead of the pattern. The field's path is put before it.
 */
final class Sentences {
  private static final Map<String, Sentence> BY_PATTERN =
      Map.ofEntries(
          Map.entry(
              Formats.NAME,
              new Sentence(63, "use at most 63 lower-case letters, digits and '-', like web-01")),
          Map.entry(
              Formats.DURATION,
              new Sentence(32, "write a duration in days, hours, minutes or seconds, like 1h30m")),
          Map.entry(
              Formats.TIME_SPAN,
              new Sentence(32, "write a duration above zero, like 30s or 1h30m")),
          Map.entry(
              Formats.OBJECT_NAME,
              new Sentence(
                  253,
                  "write the name of an object: lower-case letters, digits, '-' and '.', like my-key")),
          Map.entry(
              Formats.FOREIGN_NAME,
              new Sentence(253, "write a name without spaces, like debian-12")),
          Map.entry(
              Formats.MOUNT_PATH,
              new Sentence(
                  512, "write an absolute path without dots at its steps, like /srv/data")),
          Map.entry(
              Formats.TIME_ZONE,
              new Sentence(63, "write the name of a time zone, like Europe/Madrid")),
          Map.entry(
              Formats.MONEY, new Sentence(20, "write a decimal amount in quotes, like \"500.00\"")),
          Map.entry(
              Formats.CURRENCY,
              new Sentence(3, "write the three capital letters of a currency, like EUR")),
          Map.entry(
              Formats.FINGERPRINT,
              new Sentence(
                  51, "write a fingerprint as ssh-keygen -l prints it: SHA256: and 43 characters")),
          Map.entry(
              Formats.UNIX_USER, new Sentence(32, "write the name of a Linux user, like admin")),
          Map.entry(
              Formats.PUBLIC_KEY,
              new Sentence(
                  1_024, "write a public key as in authorized_keys, like ssh-ed25519 AAAA…")),
          Map.entry(
              Formats.HOST,
              new Sentence(253, "write a host name or an IP address, without scheme and port")),
          Map.entry(
              Formats.ABSOLUTE_PATH,
              new Sentence(512, "write an absolute path, like /var/lib/data")),
          Map.entry(
              Formats.DATA_PATH,
              new Sentence(
                  512,
                  "write an absolute path that is at least two levels deep, like /var/lib/data")),
          Map.entry(Formats.URL, new Sentence(1_024, "write an address that begins with https://")),
          Map.entry(
              Formats.ENDPOINT,
              new Sentence(512, "write an address like https://… or unix:/var/run/docker.sock")),
          Map.entry(
              Formats.SHA256, new Sentence(64, "write the 64 hex digits that sha256sum prints")),
          Map.entry(
              Formats.FILE_MODE, new Sentence(4, "write an octal mode in quotes, like \"0640\"")),
          Map.entry(
              Formats.PORTS, new Sentence(11, "write a port or a range, like 443 or 8000-8100")),
          Map.entry(Formats.DATE, new Sentence(10, "write a date, like 2027-06-30")),
          Map.entry(
              Formats.CRON,
              new Sentence(
                  128,
                  "write minute, hour, day, month and weekday as cron does, like 0 2 * * SUN")),
          Map.entry(
              Formats.VERSION,
              new Sentence(128, "write a version or a range, like 7.0, >=15 <17 or latest")),
          Map.entry(
              Formats.EXPORT_NAME,
              new Sentence(63, "use letters and digits, beginning with a letter, like joinToken")),
          Map.entry(
              Formats.LIMIT,
              new Sentence(4, "write a number of machines, or a part of all like 40%")),
          Map.entry(Formats.HTTP_PATH, new Sentence(251, "write the path of a URL, like /metrics")),
          Map.entry(
              Formats.SETTING,
              new Sentence(253, "write the path of a setting, like port or sites.*.listen")));

  private Sentences() {}

  /** What to say, and how long the text can be at most. */
  record Sentence(int maxLength, String text) {}

  static Sentence of(String pattern) {
    Sentence sentence = BY_PATTERN.get(pattern);
    if (sentence == null) {
      throw new IllegalArgumentException("no sentence for the pattern " + pattern);
    }
    return sentence;
  }
}
