package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.Failure;

/** Planning cannot go on for this reason; caught where a plan or a check is made of it. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  public Refused(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public static Refused invalid(String reason, String message) {
    return new Refused(new Failure.Invalid(reason, message));
  }

  public Failure failure() {
    return failure;
  }
}
