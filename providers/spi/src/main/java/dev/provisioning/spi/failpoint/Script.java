package dev.provisioning.spi.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What happens at which failpoint, from one line of text: parts with {@code ;} between them.
 *
 * <pre>
 * record=FILE            appends a line {@code point#occurrence} for each point reached
 * halt=POINT#N           ends the process at the N-th time, without any clean-up
 * hold=POINT#N:FILE      makes FILE and stays there until somebody deletes it
 * </pre>
 */
final class Script {
  /** As of a process that SIGKILL ended. */
  static final int STATUS = 137;

  private static final long LOOK_NANOS = 20_000_000;

  private final List<Path> records = new ArrayList<>();
  private final Set<String> halts = new HashSet<>();
  private final Map<String, Runnable> orders = new HashMap<>();
  private final Map<String, Integer> reached = new HashMap<>();

  private Script(String text) {
    for (String part : text.split(";")) {
      String[] order = part.strip().split("=", 2);
      switch (order[0]) {
        case "record" -> records.add(Path.of(order[1]));
        case "halt" -> halts.add(order[1]);
        case "hold" -> {
          String[] place = order[1].split(":", 2);
          orders.put(place[0], () -> hold(Path.of(place[1])));
        }
        default -> throw new IllegalArgumentException(Failpoints.PROPERTY + ": no order " + part);
      }
    }
  }

  /** Nothing for nothing. */
  static Script of(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    System.getLogger(Script.class.getName())
        .log(System.Logger.Level.WARNING, "failpoints are set, this is a test: {0}", text);
    return new Script(text);
  }

  void reached(String point) {
    Runnable order;
    synchronized (this) {
      String turn = point + "#" + reached.merge(point, 1, Integer::sum);
      records.forEach(file -> append(file, turn));
      if (halts.contains(turn)) {
        // Under the lock: who comes to a failpoint while the machine stops gets no further.
        Runtime.getRuntime().halt(STATUS);
      }
      order = orders.get(turn);
    }
    if (order != null) {
      order.run();
    }
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hold(Path file) {
    append(file, "held");
    while (Files.exists(file)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
