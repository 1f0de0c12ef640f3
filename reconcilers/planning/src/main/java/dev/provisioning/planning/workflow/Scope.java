package dev.provisioning.planning.workflow;

import dev.provisioning.planning.config.Hashes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What every decision of one pass sees.
 *
 * @param resume the last resume token: another token is another run of the same operation
 * @param held nothing may be started; what runs is followed
 */
record Scope(WorkflowInput input, Graph graph, String resume, boolean held) {
  private static final int HASH_LENGTH = 16;

  /** In whole seconds, as everything that is written. */
  Instant now() {
    return input.now().truncatedTo(ChronoUnit.SECONDS);
  }

  String uid() {
    return input.ref().uid();
  }

  Optional<ChildFacts> child(ChildRef ref) {
    return input.around().child(ref);
  }

  /** Names this run of the operation: what it carries out, and by which order. */
  String inputsHash(Work work) {
    return Hashes.sha256(work.inputsHash() + "/" + resume).substring(0, HASH_LENGTH);
  }
}
