package dev.provisioning.simulated;

import java.util.ArrayDeque;
import java.util.Deque;

/** Addresses of 198.18.0.0/15, the range of RFC 2544 that no real machine answers on. */
final class Addresses {
  /** Usable addresses: all but the first and the last of the range. */
  static final int SIZE = (1 << 17) - 2;

  private static final int FIRST = (198 << 24) | (18 << 16);

  private final Deque<Integer> returned = new ArrayDeque<>();
  private int used;

  /** An address nobody holds; the caller keeps to {@link #SIZE} machines. */
  int take() {
    if (used < SIZE) {
      used++;
      return used;
    }
    return returned.removeFirst();
  }

  void giveBack(int offset) {
    returned.addLast(offset);
  }

  static String text(int offset) {
    int ip = FIRST + offset;
    return (ip >>> 24) + "." + (ip >>> 16 & 255) + "." + (ip >>> 8 & 255) + "." + (ip & 255);
  }
}
