package dev.provisioning.controllers.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps a Server that is deleted. */
class DependantsTest {
  private static final Server WEB =
      Serialization.unmarshal("metadata: {name: web, labels: {role: db}}", Server.class);

  private static List<String> dependants(String servers, String status) {
    TaskServ taskServ =
        Serialization.unmarshal(
            "metadata: {name: redis}\nspec: {servers: %s}\nstatus: {servers: %s}\n"
                .formatted(servers, status),
            TaskServ.class);
    return Neighbours.dependants(List.of(taskServ), WEB);
  }

  @Test
  void a_service_that_names_it_does_installed_or_not() {
    assertThat(dependants("{names: [web]}", "[]")).containsExactly("redis");
    assertThat(dependants("{names: [other]}", "[]")).isEmpty();
  }

  @Test
  void a_service_that_selects_it_does_until_it_is_taken_away() {
    String selector = "{selector: {matchLabels: {role: db}}}";
    assertThat(dependants(selector, "[{name: web, version: '7.0', phase: Ready}]"))
        .containsExactly("redis");
    assertThat(dependants(selector, "[{name: web, operationId: a, phase: Installing}]"))
        .containsExactly("redis");
    assertThat(dependants(selector, "[{name: other, version: '7.0', phase: Ready}]")).isEmpty();
    assertThat(dependants(selector, "[]")).isEmpty();
  }
}
