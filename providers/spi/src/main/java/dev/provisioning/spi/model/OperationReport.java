package dev.provisioning.spi.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far an operation is. {@code stepIndex} counts from 1. {@code ran} and {@code skipped} count
 * finished steps. {@code warnings} come from best-effort steps that failed.
 *
 * @param step name of the step under way, or of the last one; empty before the first
 * @param progress percent, by the weights of the steps
 * @param text one line that the step says of itself; empty when it says nothing
 * @param exports values by name, once it succeeded
 */
public record OperationReport(
    OperationId id,
    State state,
    String step,
    int stepIndex,
    int stepCount,
    int progress,
    String text,
    int ran,
    int skipped,
    List<String> warnings,
    Map<String, SecretValue> exports,
    Optional<StepFailure> failure) {
  public OperationReport {
    warnings = List.copyOf(warnings);
    exports = Map.copyOf(exports);
  }

  /** From {@code ABSENT} to one of the last three, which are final. */
  public enum State {
    /** The machine has no record of this id. */
    ABSENT,
    /** Waits for another operation on the machine; {@code text} names it. */
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /**
     * Started, no exit recorded, no live unit (a reboot): the steps' checks decide on the retry.
     */
    LOST
  }

  /** The step that failed, with the last 20 lines of its output, secrets redacted. */
  public record StepFailure(
      String step, int exitCode, String reason, String message, List<String> logTail, Instant at) {
    public StepFailure {
      logTail = List.copyOf(logTail);
    }
  }
}
