package dev.provisioning.operator.clients;

import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.access.Lookup;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.existing.TargetResolver;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machines that the Servers of one Workspace name by address. */
record NamedMachines(Lookup lookup, Targets targets, String namespace, String workspace)
    implements TargetResolver {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(NamedMachines.class);

  /** A pass may know the Server before this cache does: that is no spec without an address. */
  @Override
  public Optional<ShellTarget> of(Owner owner) {
    Server known =
        lookup
            .server(namespace, owner.server())
            .filter(server -> server.getMetadata().getUid().equals(owner.uid()))
            .orElseThrow(() -> unknown(owner));
    return Optional.of(known).filter(NamedMachines::named).map(targets::of);
  }

  private static ProviderException unknown(Owner owner) {
    return new ProviderException(
        new Failure.Waiting(
            "ServerUnknown",
            "the operator's cache does not hold Server %s yet".formatted(owner.server()),
            SOON));
  }

  @Override
  public Optional<ShellTarget> at(String host, int port) {
    return lookup.servers(namespace).stream()
        .filter(server -> host.equals(server.getSpec().address()))
        .filter(this::ours)
        .map(targets::of)
        .filter(target -> target.port() == port)
        .findFirst();
  }

  @Override
  public List<ShellTarget> all() {
    List<ShellTarget> all = new ArrayList<>();
    for (Server server : lookup.servers(namespace)) {
      if (named(server) && ours(server)) {
        try {
          all.add(targets.of(server));
        } catch (ProviderException e) {
          // Its own Server says so too; the others are still to be listed.
          LOG.debug("{} is left out: {}", server.getMetadata().getName(), e.getMessage());
        }
      }
    }
    return all;
  }

  private static boolean named(Server server) {
    return server.getSpec().address() != null;
  }

  private boolean ours(Server server) {
    String said = server.getSpec().workspace();
    return said == null || said.equals(workspace);
  }
}
