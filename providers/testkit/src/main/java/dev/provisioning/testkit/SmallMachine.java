package dev.provisioning.testkit;

import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.StorageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a fixture asks its provider for: a machine without volumes, firewall and user data. */
public record SmallMachine(String plan, String imageId, String zone, boolean publicIpv4) {
  private static final int ROOT_GB = 25;

  /** The same owner and ordinal have the same key: they are one try. */
  public MachineRequest request(Owner owner, String hostname, int ordinal) {
    IdempotencyKey key = IdempotencyKey.of(owner.uid(), owner.incarnation(), "create#" + ordinal);
    return new MachineRequest(
        key,
        owner,
        hostname + "-" + key.value().substring(0, 8),
        hostname,
        plan,
        imageId,
        zone,
        new StorageRequest(ROOT_GB, "ssd", false, List.of()),
        new NetworkRequest(publicIpv4, false, Optional.empty(), Optional.empty(), List.of()),
        new MachineRequest.UserData(""),
        Map.of());
  }
}
