package dev.provisioning.spi;

import dev.provisioning.spi.model.Failure;
import java.io.Serial;

/**
 * The only exception that leaves a port. Its {@link Failure} carries a stable reason and a message
 * fit for a status; neither holds credentials, user data or secrets.
 */
public final class ProviderException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public ProviderException(Failure failure) {
    super(failure.reason() + ": " + failure.message());
    this.failure = failure;
  }

  public ProviderException(Failure failure, Throwable cause) {
    super(failure.reason() + ": " + failure.message(), cause);
    this.failure = failure;
  }

  /** What went wrong, for decisions; the message of the exception is for logs. */
  public Failure failure() {
    return failure;
  }
}
