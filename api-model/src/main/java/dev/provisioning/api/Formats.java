package dev.provisioning.api;

/** Patterns of the texts that fields hold. What people read when one is broken is in crds. */
public final class Formats {
  /** An RFC 1123 label. */
  public static final String NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";

  /** {@code 30s}, {@code 10m}, {@code 1h30m}, {@code 7d}; see {@link DurationText}. */
  public static final String DURATION =
      "^[0-9]{1,5}(d([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?|h([0-9]{1,5}m)?([0-9]{1,5}s)?"
          + "|m([0-9]{1,5}s)?|s)$";

  /** Decimal amount of money, as text since numbers in YAML lose digits. */
  public static final String MONEY = "^[0-9]{1,12}([.][0-9]{1,6})?$";

  /** ISO 4217. */
  public static final String CURRENCY = "^[A-Z]{3}$";

  /** {@code SHA256:} and 43 characters of Base64, as {@code ssh-keygen -l} prints it. */
  public static final String FINGERPRINT = "^SHA256:[A-Za-z0-9+/]{43}=?$";

  /** A line of authorized_keys(5) without options. */
  public static final String PUBLIC_KEY =
      "^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]{1,60}) "
          + "[A-Za-z0-9+/=]{16,900}( .{0,100})?$";

  public static final String UNIX_USER = "^[a-z_][a-z0-9_-]{0,31}$";

  /** A host name, IPv4 or IPv6 address. */
  public static final String HOST =
      "^([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,39})$";

  public static final String ABSOLUTE_PATH = "^/[^\\s]{1,500}$";

  /** What may be removed with a service: never a directory that others need. */
  public static final String DATA_PATH = "^(/[^/\\s.]{1,100}/[^/\\s].{0,380}|[{].{1,480})$";

  public static final String URL = "^https?://[^\\s]{1,1000}$";

  /** Where a provider answers. */
  public static final String ENDPOINT = "^(https?://|tcp://|unix:|pods:)[^\\s]{0,500}$";

  public static final String SHA256 = "^[0-9a-f]{64}$";

  public static final String FILE_MODE = "^0[0-7]{3}$";

  public static final String PORTS = "^[0-9]{1,5}(-[0-9]{1,5})?$";

  public static final String DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

  public static final String CRON = "^[^\\s]{1,30}( +[^\\s]{1,30}){4}$";

  /** An exact version, a range or latest. */
  public static final String VERSION = "^[0-9A-Za-z<>=^~*|.,+ -]{1,128}$";

  public static final String EXPORT_NAME = "^[a-zA-Z][a-zA-Z0-9]{0,62}$";

  public static final String HTTP_PATH = "^/[^\\s]{0,250}$";

  private Formats() {}
}
