package dev.provisioning.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the numbers were measured on. */
public final class Computer {
  private Computer() {}

  public static Map<String, Object> description() {
    var said = new LinkedHashMap<String, Object>();
    said.put("cpu", line("/proc/cpuinfo", "model name"));
    said.put("cores", Runtime.getRuntime().availableProcessors());
    said.put("memory", line("/proc/meminfo", "MemTotal"));
    said.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    said.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    said.put("load", load());
    return said;
  }

  /** Average load of the last minute: numbers taken beside other work are worth less. */
  public static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String line(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
