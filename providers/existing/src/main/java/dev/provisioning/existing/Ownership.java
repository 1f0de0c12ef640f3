package dev.provisioning.existing;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.ShellTarget;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who may touch a machine, and the sentence for who may not. */
final class Ownership {
  private Ownership() {}

  /** Refuses unless the owner file names this uid and incarnation and is not quarantined. */
  static void require(ShellTarget target, HostState state, Owner owner) {
    Optional<OwnerFile> file = state.ownerFile();
    if (file.filter(f -> f.isOf(owner)).isPresent()) {
      return;
    }
    throw new ProviderException(
        file.map(f -> refusal(target, state, f))
            .orElseGet(
                () ->
                    new Failure.Conflict(
                        "OwnedByAnother",
                        state.free()
                            ? "machine %s belongs to no Server".formatted(Hosts.place(target))
                            : "machine %s has an owner file that is not ours: %s"
                                .formatted(
                                    Hosts.place(target), "/var/lib/provisioning/owner.json"))));
  }

  private static Failure refusal(ShellTarget target, HostState state, OwnerFile file) {
    String who =
        "Server %s/%s of Workspace %s (uid %s, since %s)"
            .formatted(file.namespace(), file.server(), file.workspace(), file.uid(), file.since());
    return switch (file.state()) {
      case Owned ->
          new Failure.Conflict(
              "OwnedByAnother", "machine %s belongs to %s".formatted(Hosts.place(target), who));
      case Quarantined ->
          new Failure.Conflict(
              "Quarantined",
              "machine %s was given up unclean by %s; to claim it set spec.adopt.id: %s"
                  .formatted(Hosts.place(target), who, state.machineId()));
    };
  }

  static void requireUserTags(Map<String, String> tags) {
    for (String tag : new TreeSet<>(tags.keySet())) {
      if (tag.startsWith(Owner.TAG_PREFIX)) {
        throw new ProviderException(
            new Failure.Invalid(
                "TagReserved", "spec.tags: " + tag + " has the operator's own prefix"));
      }
    }
  }
}
