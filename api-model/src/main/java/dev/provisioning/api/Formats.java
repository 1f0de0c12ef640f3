package dev.provisioning.api;

/** Patterns of the texts that fields hold. */
public final class Formats {
  /** An RFC 1123 label. */
  public static final String NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";

  /** {@code 30s}, {@code 10m}, {@code 1h30m}, {@code 7d}; see {@link DurationText}. */
  public static final String DURATION =
      "^([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,6}m)?([0-9]{1,7}s)?$";

  /** Decimal amount of money, as text since numbers in YAML lose digits. */
  public static final String MONEY = "^[0-9]{1,12}(\\.[0-9]{1,6})?$";

  public static final String CURRENCY = "^[A-Z]{3}$";

  /** {@code SHA256:} and 43 characters of Base64, as {@code ssh-keygen -l} prints it. */
  public static final String FINGERPRINT = "^SHA256:[A-Za-z0-9+/]{43}=?$";

  public static final String UNIX_USER = "^[a-z_][a-z0-9_-]{0,31}$";

  private Formats() {}
}
