package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.SshSpecBuilder;
import dev.provisioning.api.server.Resources;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.DefaultsBuilder;
import dev.provisioning.api.workspace.InfraBuilder;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.planning.config.EffectiveConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerLayersTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ServerSpec OWN =
      ServerSpecBuilder.builder().infra("web").hostname("web-01").build();

  private static WorkspaceView workspace() {
    WorkspaceSpec spec =
        WorkspaceSpecBuilder.builder()
            .ssh(ssh("root", 2222))
            .defaults(
                DefaultsBuilder.builder()
                    .server(
                        Map.of(
                            "image", JSON.textNode("debian-12"),
                            "zone", JSON.textNode("a"),
                            "tags", JSON.objectNode().put("team", "ops").put("tier", "low"),
                            "ssh", JSON.objectNode().put("user", "admin")))
                    .build())
            .infras(
                List.of(
                    InfraBuilder.builder()
                        .name("web")
                        .defaults(
                            DefaultsBuilder.builder()
                                .server(
                                    Map.of(
                                        "zone", JSON.textNode("b"),
                                        "tags", JSON.objectNode().put("tier", "web"),
                                        "image", JSON.nullNode()))
                                .build())
                        .build()))
            .build();
    return new WorkspaceView(
        "acme", spec, new WorkspaceView.Policy(false, false, false, List.of(), List.of()));
  }

  private static SshSpec ssh(String user, int port) {
    return SshSpecBuilder.builder().user(user).port(port).build();
  }

  @Test
  void every_value_tells_who_said_it() {
    EffectiveConfig merged = ServerLayers.merge(OWN, workspace());
    assertThat(merged.originOf("hostname")).contains("spec");
    assertThat(merged.originOf("zone")).contains("Workspace acme/infra web");
    assertThat(merged.originOf("tags.team")).contains("Workspace acme/defaults");
    assertThat(merged.originOf("tags.tier")).contains("Workspace acme/infra web");
    assertThat(merged.originOf("ssh.user")).contains("Workspace acme/defaults");
    assertThat(merged.originOf("ssh.port")).contains("Workspace acme/ssh");
  }

  @Test
  void higher_layers_win_key_by_key_and_an_explicit_null_removes() {
    Map<String, Object> values = ServerLayers.merge(OWN, workspace()).values();
    assertThat(values).containsEntry("zone", "b").doesNotContainKey("image");
    assertThat(values.get("tags")).isEqualTo(Map.of("team", "ops", "tier", "web"));
  }

  @Test
  void the_login_of_the_wish_is_the_login_that_is_used() {
    ServerSpec own = OWN.withSsh(SshSpecBuilder.builder().port(22).build());
    SshSpec used = ServerLayers.ssh(own, workspace());
    assertThat(used.user()).isEqualTo("admin");
    assertThat(used.port()).isEqualTo(22);
  }

  @Test
  void an_infra_that_the_defaults_name_lays_its_layer_too() {
    WorkspaceView named =
        new WorkspaceView(
            "acme",
            workspace()
                .spec()
                .with(
                    s ->
                        s.defaults(
                            DefaultsBuilder.builder()
                                .server(Map.of("infra", JSON.textNode("web")))
                                .build())),
            workspace().policy());
    EffectiveConfig merged = ServerLayers.merge(OWN.withInfra(null), named);
    assertThat(merged.values()).containsEntry("zone", "b");
  }

  @Test
  void a_server_that_says_what_it_needs_is_not_given_the_plan_of_the_defaults() {
    WorkspaceView workspace = sized(Map.of("plan", JSON.textNode("sim-2x4")));
    ServerSpec own = ServerSpecBuilder.builder().resources(new Resources(8, 16)).build();
    assertThat(ServerLayers.merge(own, workspace).values())
        .containsEntry("resources", Map.of("cores", 8, "memoryGb", 16))
        .doesNotContainKey("plan");
    EffectiveServer wish = ServerDefaults.effective("web-01", own, workspace).known().orElseThrow();
    assertThat(wish.size().plan()).isEmpty();
    assertThat(wish.size().cores()).isEqualTo(8);
  }

  @Test
  void a_server_that_names_a_plan_is_not_held_to_the_resources_of_the_defaults() {
    WorkspaceView workspace = sized(Map.of("resources", JSON.objectNode().put("cores", 8)));
    ServerSpec own = ServerSpecBuilder.builder().plan("sim-2x4").build();
    assertThat(ServerLayers.merge(own, workspace).values())
        .containsEntry("plan", "sim-2x4")
        .doesNotContainKey("resources");
  }

  @Test
  void a_dns_record_in_the_defaults_is_refused_as_in_a_server() {
    WorkspaceView workspace = sized(Map.of("dns", JSON.objectNode().put("register", true)));
    assertThat(ServerDefaults.effective("web-01", ServerSpecBuilder.builder().build(), workspace))
        .satisfies(
            answer ->
                assertThat(answer.why().orElseThrow().message())
                    .isEqualTo(
                        "Workspace acme: defaults.server.dns: this version makes no DNS records:"
                            + " take dns out"));
  }

  private static WorkspaceView sized(Map<String, JsonNode> defaults) {
    WorkspaceSpec spec =
        WorkspaceSpecBuilder.builder()
            .providers(
                List.of(ProviderBuilder.builder().name("sim").type(ProviderType.simulated).build()))
            .defaults(DefaultsBuilder.builder().server(defaults).build())
            .build();
    return new WorkspaceView(
        "acme", spec, new WorkspaceView.Policy(false, false, false, List.of(), List.of()));
  }
}
