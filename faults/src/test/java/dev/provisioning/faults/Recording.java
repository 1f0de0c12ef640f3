package dev.provisioning.faults;

import dev.provisioning.faults.Kills.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The failpoints that a run reached, in order, and the runs that follow from them. */
record Recording(List<Point> points) {
  private static final int PAIRS = 20;

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
  List<Point> firsts(Predicate<Point> such) {
    return points.stream().filter(p -> p.occurrence() == 1 && such.test(p)).toList();
  }

  /** Each failpoint each time; of Kubernetes Events, which nothing rests on, the first one only. */
  List<Point> all() {
    return points.stream()
        .filter(p -> p.occurrence() == 1 || !p.name().startsWith("event/"))
        .toList();
  }

  /** Killed again while it recovers, anywhere. */
  List<Kills> pairs(long seed) {
    List<Kills> plans = new ArrayList<>();
    Random random = new Random(seed);
    for (int i = 0; i < PAIRS; i++) {
      Point first = points.get(random.nextInt(points.size()));
      Point second = points.get(random.nextInt(points.size()));
      plans.add(new Kills(List.of(first, new Point(second.name(), 1))));
    }
    return plans;
  }

  /**
   * At most {@code length} of these points to a run, in the order in which they were reached and
   * far apart: who follows one that was killed goes on to the next. What a scenario costs beside
   * the starts of its operators is paid once for all of them.
   */
  List<List<Point>> chains(Collection<Point> chosen, int length) {
    // An operator that an absent API server refused began anew, and counted anew.
    List<Point> ordered = points.stream().distinct().filter(Set.copyOf(chosen)::contains).toList();
    int runs = Math.ceilDiv(ordered.size(), length);
    return IntStream.range(0, runs)
        .mapToObj(run -> every(runs, ordered.subList(run, ordered.size())))
        .toList();
  }

  private static List<Point> every(int step, List<Point> from) {
    return IntStream.iterate(0, i -> i < from.size(), i -> i + step).mapToObj(from::get).toList();
  }

  /** Kills at these points one after the other; each process counts for itself. */
  Kills kills(List<Point> chain) {
    List<Point> own = new ArrayList<>();
    int from = 0;
    for (Point point : chain) {
      int at = points.indexOf(point);
      long times = points.subList(from, at).stream().filter(p -> same(p, point)).count();
      own.add(new Point(point.name(), Math.toIntExact(times + 1)));
      from = at + 1;
    }
    return new Kills(own);
  }

  private static boolean same(Point one, Point other) {
    return one.name().equals(other.name());
  }

  /** How often each kind's status was written, and it said so. */
  Map<String, Long> writes() {
    return points.stream()
        .filter(p -> p.name().startsWith("status.") && p.name().endsWith("/after"))
        .collect(Collectors.groupingBy(Point::name, TreeMap::new, Collectors.counting()));
  }
}
