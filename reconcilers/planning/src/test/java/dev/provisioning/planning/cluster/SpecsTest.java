package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.server.ServerSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ServerSpec WAS = spec("{plan: small, image: debian-12, tags: {team: web}}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{plan: small, image: debian-13}",
        "{plan: small, image: debian-12, zone: b}",
        "{plan: small, image: debian-12, provider: other}",
        "{plan: small, image: debian-12, network: {vpc: other}}",
        "{plan: small, image: debian-12, network: {ipv6: true}}",
        "{plan: small, image: debian-12, network: {publicIpv4: false}}",
        "{plan: small, image: debian-12, storage: {root: {sizeGb: 50}}}",
        "{plan: small, image: debian-12, storage: {root: {encrypted: true}}}"
      })
  void a_pool_gets_new_machines_for_what_no_machine_can_be_brought_to(String wish) {
    assertThat(Specs.needsAnotherMachine(WAS, spec(wish), "a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{plan: large, image: debian-12, tags: {team: db}}",
        "{plan: small, image: debian-12, zone: a}",
        "{plan: small, image: debian-12, network: {firewall: [{ports: '22'}]}}",
        "{plan: small, image: debian-12, storage: {volumes: [{name: data, sizeGb: 1}]}}",
        "{plan: small, image: debian-12, storage: {root: {}}}"
      })
  void its_machines_are_changed_where_they_are_for_anything_else(String wish) {
    assertThat(Specs.needsAnotherMachine(WAS, spec(wish), "a")).isFalse();
  }

  private static ServerSpec spec(String yaml) {
    try {
      return YAML.readValue(yaml, ServerSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
