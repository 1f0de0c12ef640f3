package dev.provisioning.ssh;

import dev.provisioning.spi.model.ShellTarget;

/** Tells sudo's own refusal from the failure of the command behind it. */
final class Sudo {
  private Sudo() {}

  static boolean denied(ShellTarget target, int exit, String errors) {
    return !target.user().equals("root")
        && (exit == 1 || exit == 127)
        && errors.lines().anyMatch(Sudo::refuses);
  }

  private static boolean refuses(String line) {
    return line.startsWith("sudo: ")
        || line.contains("sudo: not found")
        || line.contains("sudo: command not found")
        || line.contains("is not in the sudoers file")
        || line.contains("is not allowed to execute");
  }

  static String words(String errors) {
    return errors.lines().filter(Sudo::refuses).findFirst().orElse("no words").strip();
  }
}
