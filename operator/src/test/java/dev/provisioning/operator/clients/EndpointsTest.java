package dev.provisioning.operator.clients;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P23: an endpoint is encrypted or on this computer, and never link-local. */
class EndpointsTest {
  private final Endpoints strict = new Endpoints(false);
  private final Endpoints lenient = new Endpoints(true);

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "https://api.example.com/v1",
        "unix:///var/run/docker.sock",
        "unix:/var/run/docker.sock",
        "http://127.0.0.1:5000",
        "http://localhost:5000",
        "tcp://[::1]:2375"
      })
  void p23_encrypted_or_here_is_taken(String endpoint) {
    assertThatCode(() -> strict.check(entry(endpoint), "lab")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://cloud.example.com", "tcp://10.0.0.7:2375", "tcp://[fd00::7]:1"})
  void p23_plain_and_elsewhere_needs_the_administrators_word(String endpoint) {
    assertThatThrownBy(() -> strict.check(entry(endpoint), "lab"))
        .hasMessageContaining("provider sim of Workspace lab: endpoint " + endpoint)
        .hasMessageContaining("allow-insecure-endpoints");
    assertThatCode(() -> lenient.check(entry(endpoint), "lab")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://169.254.169.254/latest", "https://169.254.0.1", "https://[fe80::1]/x"})
  void p23_link_local_is_refused_whoever_allows_what(String endpoint) {
    assertThatThrownBy(() -> lenient.check(entry(endpoint), "lab"))
        .hasMessageContaining("link-local");
  }

  @Test
  void what_is_no_address_is_told_as_such() {
    assertThatThrownBy(() -> lenient.check(entry("http://a b"), "lab"))
        .hasMessageContaining("endpoint http://a b is no address");
  }

  private static Provider entry(String endpoint) {
    return ProviderBuilder.builder()
        .name("sim")
        .type(ProviderType.simulated)
        .endpoint(endpoint)
        .build();
  }
}
