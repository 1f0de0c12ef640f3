package dev.provisioning.planning.server;

import dev.provisioning.api.server.AppliedState;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Machine;
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
    AppliedState applied = view.carried().applied();
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

  private static void differs(List<String> changes, String field, String old, String wish) {
    if (!Objects.equals(old, wish)) {
      changes.add(
          "spec.%s was %s and is to be %s"
              .formatted(field, old == null ? "unset" : old, wish == null ? "unset" : wish));
    }
  }
}
