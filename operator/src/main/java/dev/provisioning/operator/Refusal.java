package dev.provisioning.operator;

/** The operator cannot start; the message says in one sentence what is wrong and what to do. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refusal(String message) {
    super(message);
  }

  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
