package dev.provisioning.planning.taskserv;

/**
 * A secret that an operation needs. {@code fingerprint} tells which value the plan was made for: an
 * operation with another value would apply what nobody planned.
 */
public record SecretUse(SecretKey from, String fingerprint) {}
