package dev.provisioning.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.spi.model.Probe;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineDiscoveryTest {
  @Test
  void withoutAnEngineTheProbeSaysWhereItLookedAndWhatToDo() {
    Probe probe = provider("unix:/nowhere/docker.sock").probe();
    assertThat(probe.ready()).isFalse();
    assertThat(probe.reason()).isEqualTo("NoContainerRuntime");
    assertThat(probe.message())
        .isEqualTo(
            "no container engine answers at unix:/nowhere/docker.sock; start Docker or Podman, or"
                + " set the provider's endpoint");
  }

  @Test
  void aRefusingTcpEndpointIsNoEngine() {
    assertThat(provider("tcp://127.0.0.1:1").probe().reason()).isEqualTo("NoContainerRuntime");
  }

  @Test
  void anEndpointOfAnotherKindIsInvalid() {
    assertThat(provider("http://example.com").probe().reason()).isEqualTo("EndpointInvalid");
  }

  @Test
  void theEnvironmentLeadsToTheEnginesOfALaptop() {
    var discovery =
        new EngineDiscovery(
            Optional.empty(),
            Map.of(
                "DOCKER_HOST",
                "tcp://engine:2375",
                "HOME",
                "/home/me",
                "XDG_RUNTIME_DIR",
                "/run/u"));
    assertThat(discovery.candidates())
        .containsExactly(
            "tcp://engine:2375",
            "unix:///var/run/docker.sock",
            "unix:///run/podman/podman.sock",
            "unix:///run/u/podman/podman.sock",
            "unix:///home/me/.orbstack/run/docker.sock",
            "unix:///home/me/.colima/default/docker.sock");
  }

  @Test
  void capabilitiesAreToldWithoutAnEngine() {
    assertThat(provider("unix:///nowhere").capabilities().createOnce()).isTrue();
    assertThatThrownBy(() -> provider("unix:///nowhere").catalog())
        .hasMessageContaining("NoContainerRuntime");
  }

  private static LocalProvider provider(String endpoint) {
    return new LocalProvider(
        LocalConfig.defaults().withEndpoint(endpoint), "op", Map.of(), InstantSource.system());
  }
}
