package dev.provisioning.spi.model;

/**
 * The answer of a read-only look at a provider: whether its credentials and endpoint work. {@code
 * reason} and {@code message} are those of a condition.
 */
public record Probe(boolean ready, String reason, String message) {
  public static final String READY = "ProviderReady";

  public static Probe ok(String message) {
    return new Probe(true, READY, message);
  }

  public static Probe failed(Failure failure) {
    return new Probe(false, failure.reason(), failure.message());
  }
}
