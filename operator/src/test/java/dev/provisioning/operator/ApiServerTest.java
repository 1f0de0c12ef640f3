package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.server.Server;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ApiServerTest {
  private static final String SERVER =
      """
      {"apiVersion":"provisioning.dev/v1alpha1","kind":"Server",
       "metadata":{"name":"web-01","annotations":{"a":"b"},
         "managedFields":[{"manager":"kubectl","operation":"Apply",
           "fieldsV1":{"f:spec":{"f:workspace":{}}}}]},
       "spec":{"workspace":"acme"}}
      """;

  @Test
  void who_wrote_which_field_is_not_kept() {
    try (ApiServer api =
        ApiServer.connect(
            new ConfigBuilder().withMasterUrl("https://localhost:1").build(),
            new SimpleMeterRegistry())) {
      KubernetesSerialization json = api.client().getKubernetesSerialization();
      Server server = json.unmarshal(SERVER, Server.class);
      assertThat(server.getMetadata().getManagedFields()).isEmpty();
      assertThat(server.getMetadata().getAdditionalProperties()).isEmpty();
      assertThat(server.getMetadata().getAnnotations()).containsEntry("a", "b");
      assertThat(json.asJson(server)).doesNotContain("managedFields").contains("web-01");
    }
  }
}
