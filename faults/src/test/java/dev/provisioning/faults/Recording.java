package dev.provisioning.faults;

import dev.provisioning.faults.Kills.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The failpoints that a run reached, in order, and the runs that follow from them. */
record Recording(List<Point> points) {
  private static final int DOUBLE = 20;

  static Recording read(Path file) throws IOException {
    return new Recording(
        Files.exists(file)
            ? Files.readAllLines(file).stream().map(Point::parse).toList()
            : List.of());
  }

  boolean reached(String point) {
    return points.stream().anyMatch(p -> p.name().equals(point));
  }

  /** Such failpoints, each the first time it is reached. */
  List<Kills> firsts(Predicate<Point> such) {
    return points.stream()
        .filter(p -> p.occurrence() == 1 && such.test(p))
        .map(p -> Kills.at(p))
        .toList();
  }

  /**
   * Each failpoint each time, and pairs: killed again while it recovers. Of Kubernetes Events,
   * which nothing rests on, the first one only.
   */
  List<Kills> all(long seed) {
    List<Kills> plans =
        new ArrayList<>(
            points.stream()
                .filter(p -> p.occurrence() == 1 || !p.name().startsWith("event/"))
                .map(p -> Kills.at(p))
                .toList());
    Random random = new Random(seed);
    for (int i = 0; i < DOUBLE; i++) {
      Point first = points.get(random.nextInt(points.size()));
      Point second = points.get(random.nextInt(points.size()));
      plans.add(Kills.at(first, new Point(second.name(), 1)));
    }
    return plans;
  }

  /** How often each kind's status was written, and it said so. */
  Map<String, Long> writes() {
    return points.stream()
        .filter(p -> p.name().startsWith("status.") && p.name().endsWith("/after"))
        .collect(Collectors.groupingBy(Point::name, TreeMap::new, Collectors.counting()));
  }
}
