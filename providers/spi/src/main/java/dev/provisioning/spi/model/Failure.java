package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.Objects;

/**
 * Why something did not happen, in the one vocabulary that all ports and planners share. What
 * follows from each (condition reason, requeue, event type) stands in the table {@code
 * FailurePolicy}; there is no terminal failure state.
 */
public sealed interface Failure {
  /** CamelCase, stable, shared by conditions, events and metrics: {@code QuotaExceeded}. */
  String reason();

  /** One sentence for a person; deterministic, without secrets. */
  String message();

  /** The request or spec is wrong; trying again is useless until it changes. */
  record Invalid(String reason, String message) implements Failure {
    public Invalid {
      check(reason, message);
    }
  }

  /** The other side refuses these credentials or permissions. */
  record Denied(String reason, String message) implements Failure {
    public Denied {
      check(reason, message);
    }
  }

  /** Something else must happen first; ask again after {@code retryAfter}. */
  record Waiting(String reason, String message, Duration retryAfter) implements Failure {
    public Waiting {
      check(reason, message);
      Objects.requireNonNull(retryAfter);
    }
  }

  /** Nothing was done, and the same call may succeed after {@code retryAfter}. */
  record Transient(String reason, String message, Duration retryAfter) implements Failure {
    public Transient {
      check(reason, message);
      Objects.requireNonNull(retryAfter);
    }
  }

  /** Somebody else owns or changed the thing: observe again before deciding. */
  record Conflict(String reason, String message) implements Failure {
    public Conflict {
      check(reason, message);
    }
  }

  /** An effect was sent and its answer is unknown: observe before any retry. */
  record OutcomeUnknown(String reason, String message) implements Failure {
    public OutcomeUnknown {
      check(reason, message);
    }
  }

  /** This try is over for good; only another try (next incarnation, other input) can succeed. */
  record Permanent(String reason, String message) implements Failure {
    public Permanent {
      check(reason, message);
    }
  }

  /** Our own defect: reported with a stack trace, retried with backoff. */
  record Bug(String reason, String message) implements Failure {
    public Bug {
      check(reason, message);
    }
  }

  private static void check(String reason, String message) {
    if (!reason.matches("[A-Z][A-Za-z0-9]{1,62}")) {
      throw new IllegalArgumentException("not a CamelCase reason: " + reason);
    }
    Objects.requireNonNull(message);
  }
}
