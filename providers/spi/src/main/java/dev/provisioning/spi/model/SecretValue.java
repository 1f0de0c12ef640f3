package dev.provisioning.spi.model;

/** A secret in memory; prints as {@code [redacted]}. Two are equal when their texts are. */
public record SecretValue(String reveal) {
  @Override
  public String toString() {
    return "[redacted]";
  }
}
