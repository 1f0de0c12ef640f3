package dev.provisioning.ssh;

import dev.provisioning.spi.model.MachineFacts;
import java.util.HashMap;
import java.util.Map;

/** Asks a machine for its facts, with tools that every Linux has. */
final class FactsReader {
  /** Prints {@code key=value} lines; exit {@value #SUDO_DENIED} when sudo is refused. */
  static final String SCRIPT =
      """
      if [ "$(id -u)" != 0 ]; then sudo -n true || exit 77; fi
      if [ -r /etc/os-release ]; then . /etc/os-release; fi
      echo "os=${ID-}"
      echo "version=${VERSION_ID-}"
      echo "machine=$(uname -m)"
      echo "kernel=$(uname -r)"
      echo "cores=$(nproc)"
      echo "memory=$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)"
      echo "disk=$(df -Pk / | awk 'NR == 2 {print $2}')"
      if [ -d /run/systemd/system ]; then echo systemd=yes; fi
      echo "machineId=$(cat /etc/machine-id 2>/dev/null)"
      echo "bootId=$(cat /proc/sys/kernel/random/boot_id)"
      """;

  static final int SUDO_DENIED = 77;
  private static final int KB_PER_MB = 1024;
  private static final int KB_PER_GB = 1024 * 1024;

  private FactsReader() {}

  static MachineFacts read(String output) {
    Map<String, String> values = new HashMap<>();
    output
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new MachineFacts(
        values.getOrDefault("os", ""),
        values.getOrDefault("version", ""),
        architecture(values.getOrDefault("machine", "")),
        values.getOrDefault("kernel", ""),
        number(values, "cores", 1),
        number(values, "memory", KB_PER_MB),
        number(values, "disk", KB_PER_GB),
        values.containsKey("systemd"),
        values.getOrDefault("machineId", ""),
        values.getOrDefault("bootId", ""));
  }

  /** uname's words in Debian's; unknown ones stay. */
  private static String architecture(String machine) {
    return switch (machine) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armv7l" -> "armhf";
      default -> machine;
    };
  }

  private static int number(Map<String, String> values, String key, int unit) {
    var text = values.getOrDefault(key, "0");
    return text.matches("[0-9]{1,15}") ? (int) (Long.parseLong(text) / unit) : 0;
  }
}
