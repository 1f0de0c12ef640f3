package dev.provisioning.existing;

import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.ShellTarget;
import java.util.List;
import java.util.Optional;

/**
 * Knows how to log in to the machines that the Servers of one Workspace name. The operator answers
 * from its caches: no call of this may block on a machine.
 */
public interface TargetResolver {
  /**
   * The machine at {@code spec.address} of this Server; empty when the Server names none.
   *
   * @throws dev.provisioning.spi.ProviderException {@code Waiting} while the Server is not known
   */
  Optional<ShellTarget> of(Owner owner);

  /** The machine at this address; empty when no Server of the Workspace names it any more. */
  Optional<ShellTarget> at(String host, int port);

  /** Every machine that a Server of the Workspace names. */
  List<ShellTarget> all();
}
