package dev.provisioning.planning.taskserv.design;

/** Text as one word of a shell. */
final class Shell {
  private Shell() {}

  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
