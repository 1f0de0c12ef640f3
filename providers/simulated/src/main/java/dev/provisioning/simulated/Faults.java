package dev.provisioning.simulated;

import java.util.List;
import java.util.Map;

/** Decides which calls fail. Deterministic: the same operation and count give the same fault. */
@FunctionalInterface
public interface Faults {
  /**
   * @param count how many calls of this operation the cloud has seen before, from 0
   */
  Fault next(Operation operation, long count);

  static Faults none() {
    return (operation, count) -> Fault.NONE;
  }

  /** The n-th call of an operation gets the n-th fault of its list; later ones get none. */
  static Faults script(Map<Operation, List<Fault>> script) {
    Map<Operation, List<Fault>> copy = Map.copyOf(script);
    return (operation, count) -> {
      List<Fault> faults = copy.getOrDefault(operation, List.of());
      return count < faults.size() ? faults.get((int) count) : Fault.NONE;
    };
  }

  /** Every call fails with this chance, evenly over the four faults. */
  static Faults seeded(long seed, int perMille) {
    Fault[] kinds = Fault.values();
    return (operation, count) -> {
      long mixed = mix(seed ^ mix(operation.ordinal() * 0x9E3779B97F4A7C15L + count));
      if (Long.remainderUnsigned(mixed, 1000) >= perMille) {
        return Fault.NONE;
      }
      return kinds[1 + (int) Long.remainderUnsigned(mixed >>> 32, kinds.length - 1)];
    };
  }

  /** The finalizer of SplitMix64: neighbouring counts give unrelated numbers. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
