package dev.provisioning.faults;

import java.util.List;

/**
 * Something that users do, from nothing to nothing. It must end the same way wherever the operator
 * dies meanwhile.
 */
interface Scenario {
  /** For {@code ./dev faults NAME}. */
  String name();

  /** What the user applies at once; {@code $cloud} stands for the simulated cloud's endpoint. */
  String manifests();

  /** What the user deletes, one after the other, each when the one before is gone: kinds. */
  List<String> deletions();

  /** What the user does between all being Ready and the deletions. */
  default void beforeFall(Stage stage) {
    // Nothing, mostly.
  }

  /** Who tells what was really done. */
  Witness witness(Stage stage);

  /**
   * How many status writes more than undisturbed, for each object and kill: a restarted operator
   * may look once at everything and say so.
   */
  default int writesMore() {
    return 2;
  }

  /** Where a kill is worth it on every change. */
  default List<Kills.Point> pruned(Recording recording) {
    return recording.firsts(point -> true);
  }
}
