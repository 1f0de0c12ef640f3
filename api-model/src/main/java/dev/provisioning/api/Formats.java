package dev.provisioning.api;

/** Patterns of the texts that fields hold. What people read when one is broken is in crds. */
public final class Formats {
  /** An RFC 1123 label. */
  public static final String NAME = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";

  /** {@code 30s}, {@code 10m}, {@code 1h30m}, {@code 7d}; see {@link DurationText}. */
  public static final String DURATION =
      "^[0-9]{1,5}(d([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?|h([0-9]{1,5}m)?([0-9]{1,5}s)?"
          + "|m([0-9]{1,5}s)?|s)$";

  /** The same above zero: for what must take or leave time. */
  public static final String TIME_SPAN =
      "^[1-9][0-9]{0,4}(d([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?|h([0-9]{1,5}m)?([0-9]{1,5}s)?"
          + "|m([0-9]{1,5}s)?|s)$";

  /** An RFC 1123 subdomain, as names of Secrets are. */
  public static final String OBJECT_NAME = "^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$";

  /** A name in a provider's own words. */
  public static final String FOREIGN_NAME = "^[^\\s]{1,253}$";

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

  /** Where data may be mounted: a directory that the system itself does not need. */
  public static final String MOUNT_PATH = "^(/[^/\\s.][^/\\s]{0,100}){1,8}$";

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

  private static final String TIMES = ")?)(/[1-9][0-9]?)?";
  private static final String MINUTE = "[0-5]?[0-9]";
  private static final String MINUTES = "([*]|" + MINUTE + "(-" + MINUTE + TIMES;
  private static final String HOUR = "([01]?[0-9]|2[0-3])";
  private static final String HOURS = "([*]|" + HOUR + "(-" + HOUR + TIMES;
  private static final String DAY = "(0?[1-9]|[12][0-9]|3[01])";
  private static final String DAYS = "([*]|" + DAY + "(-" + DAY + TIMES;
  private static final String MONTH =
      "(0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
  private static final String MONTHS = "([*]|" + MONTH + "(-" + MONTH + TIMES;
  private static final String WEEKDAY = "([0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)";
  private static final String WEEKDAYS = "([*]|" + WEEKDAY + "(-" + WEEKDAY + TIMES;

  /** Five fields, each in its range: {@code *}, a value, a range, a step of them, or several. */
  public static final String CRON =
      "^"
          + (MINUTES + "(," + MINUTES + "){0,11} +")
          + (HOURS + "(," + HOURS + "){0,11} +")
          + (DAYS + "(," + DAYS + "){0,11} +")
          + (MONTHS + "(," + MONTHS + "){0,11} +")
          + (WEEKDAYS + "(," + WEEKDAYS + "){0,6}$");

  public static final String TIME_ZONE =
      "^[A-Za-z][A-Za-z0-9_+-]{0,30}(/[A-Za-z0-9_+-]{1,30}){0,2}$";

  /** An exact version, a range or latest. */
  public static final String VERSION = "^[0-9A-Za-z<>=^~*|.,+ -]{1,128}$";

  public static final String EXPORT_NAME = "^[a-zA-Z][a-zA-Z0-9]{0,62}$";

  public static final String HTTP_PATH = "^/[^\\s]{0,250}$";

  /** Path of a value in a configuration; a star stands for each element of a list. */
  public static final String SETTING =
      "^[a-zA-Z][a-zA-Z0-9_-]{0,62}(\\.([a-zA-Z][a-zA-Z0-9_-]{0,62}|\\*)){0,7}$";

  /** A number, or a part of all. */
  public static final String LIMIT = "^([0-9]{1,3}|[0-9]{1,2}%|100%)$";

  private Formats() {}
}
