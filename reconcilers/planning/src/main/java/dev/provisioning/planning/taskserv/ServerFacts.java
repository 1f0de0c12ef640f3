package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Server of the namespace, as far as services on it care.
 *
 * @param workspace name of its Workspace, as resolved
 * @param hostname spec.hostname, else the Server's name
 * @param notReady why nothing can run on it now; empty when it is Ready
 * @param gone its machine does not exist any more: there is nothing to uninstall
 * @param facts absent before first contact
 */
public record ServerFacts(
    String name,
    String uid,
    int incarnation,
    String workspace,
    String hostname,
    Map<String, String> labels,
    List<Address> addresses,
    Optional<MachineFacts> facts,
    Optional<Failure> notReady,
    boolean deleting,
    boolean gone) {
  public ServerFacts {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
  }
}
