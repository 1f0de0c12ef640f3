package dev.provisioning.api.taskserv;

/** When a step runs within its operation. */
public enum StepTiming {
  BeforeInstall,
  AfterInstall,
  BeforeStart,
  AfterStart
}
