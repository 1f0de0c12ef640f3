package dev.provisioning.planning.server;

import dev.provisioning.api.server.PowerState;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.StorageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for and the provider cannot do (P18). It is refused by its field before anything is
 * done, also when a machine is there already: a wish that is dropped in silence is taken for
 * fulfilled.
 */
final class Exclusions {
  private final EffectiveServer server;
  private final ServerInput.Provider provider;
  private final Capabilities can;

  private Exclusions(EffectiveServer server, ServerInput.Provider provider) {
    this.server = server;
    this.provider = provider;
    this.can = provider.capabilities();
  }

  /**
   * The first of them. An observed machine is nobody's wish, and an adopted one is as it is: only
   * what could be changed about it counts, once it is ours.
   */
  static Optional<Failure> first(ServerInput input, ServerView view) {
    if (input.effective().known().isEmpty() || input.provider().known().isEmpty()) {
      return Optional.empty();
    }
    EffectiveServer server = input.effective().known().get();
    ServerInput.Provider provider = input.provider().known().get();
    boolean adopted = server.placement().adoptId().isPresent();
    // Of a machine that is to move, the entry is known that has it, not the one that is to have it.
    boolean moves = !provider.name().equals(server.provider());
    if (server.policy().observeOnly() || moves || adopted && view.machine().isEmpty()) {
      return Optional.empty();
    }
    Exclusions exclusions = new Exclusions(server, provider);
    List<Failure> all = new ArrayList<>(adopted ? List.of() : exclusions.ofBirth());
    all.addAll(exclusions.ofChanges());
    return all.stream().findFirst();
  }

  /** Decided when a machine is made, and never again. */
  private List<Failure> ofBirth() {
    List<Failure> all = new ArrayList<>();
    if (server.storage().encrypted() && !can.encryption()) {
      all.add(server.policy().encryptionSaid() ? encrypted() : encryptedByPolicy());
    }
    if (server.network().ipv6() && !can.ipv6()) {
      all.add(
          invalid(
              ServerReasons.IPV6_UNSUPPORTED,
              "spec.network.ipv6",
              "gives no IPv6 addresses",
              "take it out"));
    }
    return all;
  }

  private List<Failure> ofChanges() {
    List<Failure> all = new ArrayList<>();
    if (!server.network().firewall().isEmpty() && !can.firewall()) {
      all.add(
          invalid(
              ServerReasons.FIREWALL_UNSUPPORTED,
              "spec.network.firewall",
              "has no firewall",
              "take the rules out"));
    }
    List<StorageRequest.Disk> disks = server.storage().disks();
    if (!disks.isEmpty() && !can.volumes()) {
      String rest = disks.size() == 1 ? "" : " and %d more".formatted(disks.size() - 1);
      all.add(
          invalid(
              ServerReasons.VOLUMES_UNSUPPORTED,
              "spec.storage.volumes[0]",
              "adds no disks to a machine",
              "take %s%s out".formatted(disks.getFirst().name(), rest)));
    }
    if (server.policy().powerState() == PowerState.Stopped && !can.power()) {
      all.add(
          invalid(
              ServerReasons.POWER_UNSUPPORTED,
              "spec.powerState",
              "switches no machine off",
              "set Running"));
    }
    return all;
  }

  private Failure encrypted() {
    return invalid(
        ServerReasons.ENCRYPTION_UNSUPPORTED,
        "spec.storage.root.encrypted",
        "encrypts no disks",
        "take it out");
  }

  /** Nobody wrote the field: whoever reads this must learn who did. */
  private Failure encryptedByPolicy() {
    return new Failure.Invalid(
        ServerReasons.ENCRYPTION_UNSUPPORTED,
        ("spec.storage.root.encrypted: policy encryptedStorage of Workspace %s wants encrypted"
                + " disks, and provider %s, of type %s, encrypts none; set it to false here, change"
                + " the policy, or choose a provider that can")
            .formatted(server.workspace(), provider.name(), provider.type()));
  }

  private Failure invalid(String reason, String path, String lack, String remedy) {
    return new Failure.Invalid(
        reason,
        "%s: provider %s, of type %s, %s; %s, or choose a provider that can"
            .formatted(path, provider.name(), provider.type(), lack, remedy));
  }
}
