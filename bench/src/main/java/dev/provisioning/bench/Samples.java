package dev.provisioning.bench;

import java.util.ArrayList;
import java.util.List;

/** Durations of one thing, in milliseconds, in the order they were measured. */
public record Samples(String of, List<Double> millis) {
  public Samples {
    millis = List.copyOf(millis);
  }

  /** Something to measure. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  public static double time(Work work) throws Exception {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e6;
  }

  public Samples with(double more) {
    var all = new ArrayList<>(millis);
    all.add(more);
    return new Samples(of, all);
  }

  public double median() {
    return percentile(50);
  }

  /** Nearest rank. */
  public double percentile(double p) {
    var sorted = millis.stream().sorted().toList();
    int rank = (int) Math.ceil(p / 100 * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }
}
