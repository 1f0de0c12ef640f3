package dev.provisioning.existing;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Owner;
import java.util.Optional;

/** Who may touch a machine, and the sentence for who may not. */
final class Ownership {
  private Ownership() {}

  /** Refuses unless the owner file names this uid and incarnation and is not quarantined. */
  static void require(Host host, Owner owner) {
    Optional<OwnerFile> file = host.state().ownerFile();
    if (file.filter(f -> f.isOf(owner)).isPresent()) {
      return;
    }
    throw new ProviderException(
        file.map(f -> refusal(host, f))
            .orElseGet(
                () ->
                    new Failure.Conflict(
                        "OwnedByAnother",
                        host.state().free()
                            ? "machine %s belongs to no Server".formatted(host.place())
                            : "machine %s has an owner file that is not ours: %s"
                                .formatted(host.place(), "/var/lib/provisioning/owner.json"))));
  }

  private static Failure refusal(Host host, OwnerFile file) {
    String who =
        "Server %s/%s of Workspace %s (uid %s, since %s)"
            .formatted(file.namespace(), file.server(), file.workspace(), file.uid(), file.since());
    return switch (file.state()) {
      case Owned ->
          new Failure.Conflict(
              "OwnedByAnother",
              "machine %s belongs to %s; it is given back when that Server is deleted"
                  .formatted(host.place(), who));
      case Quarantined ->
          new Failure.Conflict(
              "Quarantined",
              "machine %s was given up unclean by %s; to claim it set spec.adopt.id: %s"
                  .formatted(host.place(), who, host.state().machineId()));
    };
  }
}
