package dev.provisioning.planning.taskserv.design;

/** Where a service may write files. */
public final class Paths {
  private static final String OURS = "/var/lib/provisioning/";

  private Paths() {}

  /** False of what is wrong for sure, whatever an expression in it renders to. */
  public static boolean isPlain(String path) {
    boolean begins = path.startsWith("/") || path.startsWith("{");
    return begins && isClean(path);
  }

  /** An absolute path of a file, without detours, that is not the operator's own. */
  static boolean isFile(String path) {
    return path.startsWith("/") && isClean(path);
  }

  private static boolean isClean(String path) {
    return !path.endsWith("/")
        && !path.contains("//")
        && !path.startsWith(OURS)
        && !("/" + path + "/").contains("/../")
        && !("/" + path + "/").contains("/./")
        && path.chars().noneMatch(Character::isISOControl);
  }
}
