package dev.provisioning.faults;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The text that {@code jcmd Thread.dump_to_file} writes. */
final class ThreadDump {
  private static final int FRAMES = 14;
  private static final List<String> OURS = List.of("dev.provisioning.", "net.schmizz.");

  private ThreadDump() {}

  /** Threads that have our code on their stack, each with its innermost frames. */
  static String ofWork(String dump) {
    return Arrays.stream(dump.split("\\n\\s*\\n"))
        .filter(thread -> OURS.stream().anyMatch(thread::contains))
        .filter(thread -> !thread.contains("ChildOperator.main"))
        .map(ThreadDump::line)
        .collect(Collectors.joining(" | "));
  }

  private static String line(String thread) {
    return thread
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(FRAMES)
        .collect(Collectors.joining(" < "));
  }
}
