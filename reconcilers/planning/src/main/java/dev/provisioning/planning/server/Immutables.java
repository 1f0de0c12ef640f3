package dev.provisioning.planning.server;

import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.RootDisk;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.StorageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Wishes that no machine can be brought to. They are compared with the wish that the machine was
 * made for, in the spec's own words: a provider's newer image for the same name changes nothing.
 */
final class Immutables {
  private Immutables() {}

  /** What changed, in a clause; empty when nothing did. */
  static Optional<String> changed(
      ServerView view, EffectiveServer server, ServerInput.Provider provider) {
    AppliedState applied = view.applied();
    Machine machine = view.machine().orElseThrow();
    if (applied == null || applied.image() == null || server.placement().adoptId().isPresent()) {
      return Optional.empty();
    }
    List<String> changes = new ArrayList<>();
    if (provider.existing()) {
      String address = server.placement().address().orElse("");
      differs(changes, "address", applied.zone(), address);
    } else {
      differs(changes, "image", applied.image(), server.size().image());
      boolean elsewhere =
          !server.size().zone().equals(MachineChoice.AUTO)
              && !server.size().zone().equals(machine.zone());
      if (elsewhere) {
        differs(changes, "zone", applied.zone(), server.size().zone());
      }
      differs(changes, "network.vpc", applied.vpc(), server.network().vpc().orElse(null));
      differs(changes, "network.subnet", applied.subnet(), server.network().subnet().orElse(null));
      addresses(changes, applied, server.network());
      if (applied.root() != null) {
        root(changes, applied.root(), server);
      }
      if (provider.capabilities().resize() == ResizeMode.NONE) {
        server.size().plan().ifPresent(plan -> differs(changes, "plan", machine.plan(), plan));
      }
    }
    String recorded = view.carried().machine() == null ? null : view.carried().machine().provider();
    if (recorded != null) {
      differs(changes, "provider", recorded, server.provider());
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", changes));
  }

  /** What an older operator did not write down is not compared. */
  private static void addresses(
      List<String> changes, AppliedState applied, NetworkRequest network) {
    if (applied.publicIpv4() != null) {
      differs(changes, "network.publicIpv4", applied.publicIpv4(), network.publicIpv4());
    }
    if (applied.ipv6() != null) {
      differs(changes, "network.ipv6", applied.ipv6(), network.ipv6());
    }
  }

  /** A policy means machines to be made: it never asks for the replacement of one that is there. */
  private static void root(List<String> changes, RootDisk made, EffectiveServer server) {
    RootDisk wish = root(server);
    differs(changes, "storage.root.sizeGb", made.sizeGb(), wish.sizeGb());
    differs(changes, "storage.root.type", made.type(), wish.type());
    if (server.policy().encryptionSaid()) {
      differs(changes, "storage.root.encrypted", made.encrypted(), wish.encrypted());
    }
  }

  /** The disk with the operating system, as it is wished for. */
  static RootDisk root(EffectiveServer server) {
    StorageRequest storage = server.storage();
    String type = storage.rootType().isEmpty() ? null : storage.rootType();
    return new RootDisk(storage.rootSizeGb(), type, storage.encrypted());
  }

  private static void differs(List<String> changes, String field, Object old, Object wish) {
    if (!Objects.equals(old, wish)) {
      changes.add(
          "spec.%s was %s and is to be %s"
              .formatted(field, old == null ? "unset" : old, wish == null ? "unset" : wish));
    }
  }
}
