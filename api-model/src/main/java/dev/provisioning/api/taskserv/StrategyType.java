package dev.provisioning.api.taskserv;

/** In which order the machines of a service change. */
public enum StrategyType {
  Rolling,
  Parallel,
  Canary
}
