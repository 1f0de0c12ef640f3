package dev.provisioning.operator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Lookup;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Owner;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedMachinesTest {
  private static final Owner OWNER = new Owner("operator", "team", "lab", "db-01", "uid-1", 1);

  @Test
  void a_server_that_the_cache_does_not_hold_yet_is_waited_for() {
    assertThatThrownBy(() -> machines(Optional.empty()).of(OWNER))
        .isInstanceOfSatisfying(
            ProviderException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Waiting.class))
        .hasMessageContaining("the operator's cache does not hold Server db-01 yet");
  }

  @Test
  void so_is_one_whose_predecessor_of_the_same_name_is_still_there() {
    assertThatThrownBy(() -> machines(Optional.of(server("uid-0"))).of(OWNER))
        .hasMessageContaining("ServerUnknown");
  }

  @Test
  void a_server_without_an_address_names_no_machine() {
    assertThat(machines(Optional.of(server("uid-1"))).of(OWNER)).isEmpty();
  }

  private static NamedMachines machines(Optional<Server> known) {
    Lookup lookup = new Cached(known);
    return new NamedMachines(lookup, new Targets(lookup, null), "team", "lab");
  }

  private static Server server(String uid) {
    Server server = new Server();
    server.setMetadata(
        new ObjectMetaBuilder().withNamespace("team").withName("db-01").withUid(uid).build());
    server.setSpec(ServerSpecBuilder.builder().build());
    return server;
  }

  /** Holds one Server at most, and nothing else. */
  private record Cached(Optional<Server> known) implements Lookup {
    @Override
    public Optional<Server> server(String namespace, String name) {
      return known;
    }

    @Override
    public List<Server> servers(String namespace) {
      return known.stream().toList();
    }

    @Override
    public Optional<Workspace> workspace(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public List<Workspace> workspaces(String namespace) {
      return List.of();
    }

    @Override
    public List<TaskServ> taskServs(String namespace) {
      return List.of();
    }

    @Override
    public List<Cluster> clusters(String namespace) {
      return List.of();
    }

    @Override
    public List<BatchWorkflow> workflows(String namespace) {
      return List.of();
    }

    @Override
    public List<TaskServDefinition> definitions(String namespace) {
      return List.of();
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
      return Optional.empty();
    }
  }
}
