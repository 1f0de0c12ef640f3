package dev.provisioning.api;

/** The three values of a condition. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
