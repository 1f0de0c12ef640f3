package dev.provisioning.controllers.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workspace.Policy;
import dev.provisioning.planning.server.ServerAction;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine is about to be destroyed, and the world is not the one that this was decided in. */
class LastLookTest {
  private final Scene scene = new Scene();
  private ServerInput read;
  private ServerAction decided;

  @BeforeEach
  void itIsDecidedToDestroyTheMachine() {
    scene.settle();
    assertThat(scene.cloud.machines()).hasSize(1);
    read = scene.delete().observe();
    decided = scene.plan(read).front().getFirst();
    assertThat(decided).isInstanceOf(ServerAction.DeleteMachine.class);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void if_all_is_as_it_was_the_machine_goes() {
    scene.execute(decided, read);
    assertThat(scene.cloud.machines()).isEmpty();
  }

  @Test
  void a_workspace_that_protects_its_machines_since_keeps_it() {
    scene.edit(
        s -> s.withPolicy(Serialization.unmarshal("deletionProtection: true", Policy.class)));
    assertKept("Workspace acme");
    assertThat(scene.plan(scene.observe()).blocker())
        .map(Failure::reason)
        .contains("DeletionProtected");
  }

  @Test
  void another_workspace_of_the_same_name_is_not_the_one_that_was_read() {
    scene.remakeWorkspace();
    assertKept("Workspace acme");
  }

  @Test
  void a_workspace_that_went_keeps_it() {
    scene.api.client().resource(scene.workspace).delete();
    assertKept("Workspace acme");
  }

  @Test
  void a_server_that_was_edited_since_keeps_it() {
    Server edited = Serialization.clone(scene.server);
    edited.setSpec(edited.getSpec().withDeletionProtection(true));
    scene.api.client().resource(edited).update();
    assertKept("the Server");
  }

  @Test
  void a_service_that_came_since_keeps_it() {
    TaskServ redis =
        Serialization.unmarshal(
            "metadata: {name: redis, namespace: shop}\nspec: {servers: {names: [web-01]}}",
            TaskServ.class);
    scene.api.client().resource(redis).create();
    assertKept("a TaskServ that targets the Server");
  }

  private void assertKept(String changed) {
    assertThatThrownBy(() -> scene.execute(decided, read))
        .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
        .extracting(ProviderException::failure)
        .satisfies(
            failure -> {
              assertThat(failure).isInstanceOf(Failure.Waiting.class);
              assertThat(failure.reason()).isEqualTo("DecisionOutdated");
              assertThat(failure.message())
                  .isEqualTo(
                      changed
                          + " changed while the machine was about to be destroyed; deciding again");
            });
    assertThat(scene.cloud.machines()).hasSize(1);
  }
}
