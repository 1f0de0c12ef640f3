package dev.provisioning.ssh;

import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders commands for the login shell of the machine, whatever it is. */
final class CommandLines {
  private CommandLines() {}

  /** {@code timeout} ends the command on the machine too, not only our waiting for it. */
  static String of(ShellTarget target, RemoteCommand command) {
    return sudo(target, command.sudo())
        + "timeout -k 5 "
        + seconds(command.timeout())
        + " /bin/sh -c "
        + quote(command.script());
  }

  static String sudo(ShellTarget target, boolean wanted) {
    return wanted && !target.user().equals("root") ? "sudo -n -- " : "";
  }

  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static String quote(List<String> words) {
    return words.stream().map(CommandLines::quote).collect(Collectors.joining(" "));
  }

  /** For timeout(1): seconds, with milliseconds. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%d.%03d", time.toSeconds(), time.toMillisPart());
  }

  /** For shell arithmetic: whole seconds, rounded up, at least one. */
  static String wholeSeconds(Duration time) {
    return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
  }
}
