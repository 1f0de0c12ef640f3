package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.simulated.LedgerEntry;
import dev.provisioning.simulated.Operation;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.spi.model.Machine;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** The ledger of the simulated cloud. */
record CloudWitness(SimulatedCloud cloud) implements Witness {
  /** One machine ever for each Server, and it is the one that the Server names; no others. */
  @Override
  public void afterRise(Stage stage) {
    List<GenericKubernetesResource> servers = stage.resources.list("Server");
    for (GenericKubernetesResource server : servers) {
      String uid = server.getMetadata().getUid();
      assertThat(cloud.creates(uid, 1)).as("machines ever of " + uid).isEqualTo(1);
      assertThat(owned(uid))
          .as("machines of " + uid)
          .containsExactly((String) server.get("status", "machine", "id"));
    }
    assertThat(cloud.machines()).as("all machines").hasSameSizeAs(servers);
  }

  private List<String> owned(String uid) {
    return cloud.machines().stream()
        .filter(m -> m.owner().filter(o -> o.uid().equals(uid)).isPresent())
        .map(Machine::id)
        .map(Object::toString)
        .toList();
  }

  @Override
  public void afterFall(Stage stage) {
    assertThat(cloud.machines()).as("machines left").isEmpty();
    assertThat(effects(Operation.DELETE)).as("deletes").isEqualTo(effects(Operation.CREATE));
  }

  private long effects(Operation operation) {
    return cloud.ledger().stream().map(LedgerEntry::operation).filter(operation::equals).count();
  }

  @Override
  public String account() {
    return "machines of the cloud: " + cloud.machines();
  }

  @Override
  public void close() {
    // A simulated cloud holds nothing.
  }
}
