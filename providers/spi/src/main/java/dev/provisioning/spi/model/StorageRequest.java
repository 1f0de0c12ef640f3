package dev.provisioning.spi.model;

import java.util.List;

/** Root disk and data volumes; sizes in GB (10^9 bytes, as providers sell them). */
public record StorageRequest(int rootSizeGb, String rootType, boolean encrypted, List<Disk> disks) {
  public StorageRequest {
    disks = List.copyOf(disks);
  }

  /** A data volume to make; {@code mountPath} is where the machine mounts it. */
  public record Disk(String name, int sizeGb, String mountPath) {}
}
