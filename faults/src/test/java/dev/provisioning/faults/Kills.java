package dev.provisioning.faults;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the operator is killed: the first process at the first point, its successor at the second.
 * As text {@code provider.create/before#1+status.Server/after#2}.
 */
record Kills(List<Point> points) {
  static final Kills NONE = new Kills(List.of());

  /** The n-th time that one process reaches a failpoint. */
  record Point(String name, int occurrence) {
    static Point parse(String text) {
      String[] parts = text.split("#");
      return new Point(parts[0], Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
      return name + "#" + occurrence;
    }
  }

  static Kills parse(String text) {
    return new Kills(Stream.of(text.split("\\+")).map(Point::parse).toList());
  }

  /** That of the n-th process, counted from 0. */
  Optional<Point> of(int process) {
    return process < points.size() ? Optional.of(points.get(process)) : Optional.empty();
  }

  @Override
  public String toString() {
    return points.stream().map(Point::toString).collect(Collectors.joining("+"));
  }
}
