package dev.provisioning.spi.model;

/** A provider's own identifier of a machine, as it prints it. */
public record MachineId(String value) {
  public MachineId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a machine id is never blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
