package dev.provisioning.planning.taskserv;

import dev.provisioning.api.FailedAction;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;

/** Failed actions that are tried again. */
final class Retries {
  private Retries() {}

  /** Says what failed, since when, and what happens next. */
  static Failure failure(FailedAction failed) {
    String since =
        failed.count() > 1 ? " (%d times since %s)".formatted(failed.count(), failed.since()) : "";
    return new Failure.Transient(
        failed.reason(),
        "%s%s; next try at %s".formatted(failed.message(), since, failed.retryAt()),
        Duration.ofSeconds(60));
  }
}
