package dev.provisioning.planning.server;

import dev.provisioning.api.Bastion;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.HostKeyPolicy;
import dev.provisioning.api.SecretRef;
import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.StorageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Server's wish with every default filled in; made by {@link ServerDefaults}. */
public record EffectiveServer(
    String workspace,
    String provider,
    String hostname,
    Size size,
    StorageRequest storage,
    NetworkRequest network,
    Login login,
    Placement placement,
    Map<String, String> tags,
    Policy policy) {
  /** {@code plan} wins over cores and memory; {@code fallbacks} are tried in order. */
  public record Size(
      Optional<String> plan,
      int cores,
      int memoryGb,
      String image,
      String zone,
      List<Fallback> fallbacks) {}

  /** How to log in. */
  public record Login(
      String user,
      int port,
      SecretRef key,
      List<String> authorizedKeys,
      List<String> hostKeys,
      HostKeyPolicy hostKeyPolicy,
      Optional<Bastion> bastion) {}

  /** Where the machine is if it exists already, and what else it is born with. */
  public record Placement(
      Optional<String> address, Optional<String> adoptId, Optional<SecretRef> userData) {}

  /**
   * What the operator may do.
   *
   * @param encryptionSaid the spec says whether disks are encrypted; else the Workspace does
   * @param windows when a running machine may be stopped or replaced; none: always
   * @param retain the machine outlives its Server; empty: the kind of machine decides
   */
  public record Policy(
      boolean observeOnly,
      boolean planOnly,
      boolean suspended,
      boolean requireApproval,
      boolean isProtected,
      boolean recreate,
      Optional<Boolean> retain,
      boolean keepStorage,
      boolean encryptionSaid,
      List<MaintenanceWindow> windows,
      PowerState powerState,
      DriftPolicy drift) {}
}
