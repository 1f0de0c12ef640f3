package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.RetryBackoff;
import dev.provisioning.api.workflow.RetryPolicy;
import java.time.Duration;

/** How often an operation is tried, and after which waits. */
record Retries(int maxAttempts, Duration initial, int factor, Duration max) {
  private static final int USUAL_ATTEMPTS = 3;

  /** What the operation says goes over what the workflow says, field by field. */
  static Retries of(BatchWorkflowSpec spec, Work work) {
    RetryPolicy own = work.operation().retry();
    RetryPolicy all = spec.retry();
    RetryBackoff ownBackoff = own == null ? null : own.backoff();
    RetryBackoff allBackoff = all == null ? null : all.backoff();
    return new Retries(
        first(
            own == null ? null : own.maxAttempts(),
            all == null ? null : all.maxAttempts(),
            USUAL_ATTEMPTS),
        DurationText.parse(
            first(
                ownBackoff == null ? null : ownBackoff.initial(),
                allBackoff == null ? null : allBackoff.initial(),
                "1s")),
        first(
            ownBackoff == null ? null : ownBackoff.factor(),
            allBackoff == null ? null : allBackoff.factor(),
            2),
        DurationText.parse(
            first(
                ownBackoff == null ? null : ownBackoff.max(),
                allBackoff == null ? null : allBackoff.max(),
                "5m")));
  }

  /** The wait after so many failed tries, from 1. */
  Duration after(int attempts) {
    Duration wait = initial;
    for (int i = 1; i < attempts && wait.compareTo(max) < 0; i++) {
      wait = wait.multipliedBy(factor);
    }
    return wait.compareTo(max) > 0 ? max : wait;
  }

  private static <T> T first(T own, T all, T usual) {
    if (own != null) {
      return own;
    }
    return all == null ? usual : all;
  }
}
