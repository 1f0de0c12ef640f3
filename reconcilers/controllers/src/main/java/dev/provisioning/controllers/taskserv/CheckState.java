package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport.Answer;
import java.time.Instant;
import java.util.Optional;

/**
 * One check over time. A failed answer counts once {@code retries} answers in a row failed: until
 * then the last good one stands. Guarded by its probe.
 */
final class CheckState {
  private final HealthCheck check;
  private Optional<Answer> answer = Optional.empty();
  private Instant due = Instant.EPOCH;
  private int failures;

  CheckState(HealthCheck check) {
    this.check = check;
  }

  HealthCheck check() {
    return check;
  }

  Instant due() {
    return due;
  }

  Optional<Answer> answer() {
    return answer;
  }

  /** True when what people see becomes something else. */
  boolean take(Answer newest, Instant now) {
    due = now.plus(check.interval());
    failures = newest.ok() ? 0 : failures + 1;
    if (!newest.ok() && failures < check.retries()) {
      return false;
    }
    // A message that varies from answer to answer would cause a status write each time.
    boolean sameOutcome =
        answer
            .filter(old -> old.ok() == newest.ok() && old.silent() == newest.silent())
            .isPresent();
    if (sameOutcome) {
      return false;
    }
    answer = Optional.of(newest);
    return true;
  }
}
