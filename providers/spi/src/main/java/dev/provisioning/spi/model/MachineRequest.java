package dev.provisioning.spi.model;

import java.util.Map;

/**
 * Everything a create call sends, fully resolved: its bytes depend on this record alone (contract
 * rule P3). {@code name} is {@code <hostname, max 54>-<first 8 of key>}; {@code userData} is
 * cloud-config or empty; {@code tags} are the user's, ownership tags come from {@code owner}.
 */
public record MachineRequest(
    IdempotencyKey key,
    Owner owner,
    String name,
    String hostname,
    String plan,
    String imageId,
    String zone,
    StorageRequest storage,
    NetworkRequest network,
    UserData userData,
    Map<String, String> tags) {
  public MachineRequest {
    tags = Map.copyOf(tags);
  }

  /** The user data, out of logs: {@link #toString} shows only its size. */
  public record UserData(String text) {
    @Override
    public String toString() {
      return "UserData[" + text.length() + " characters]";
    }
  }
}
