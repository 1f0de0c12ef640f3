package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.planning.cluster.topology.DefinitionCheck;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.planning.cluster.topology.TopologyDesign;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped topology, as far as can be known without a machine. */
class TopologiesTest {
  static Stream<String> names() {
    return Catalogue.clusters();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aTopologyKeepsTheRulesOfTopologies(String name) {
    assertThat(DefinitionCheck.check(definition(name))).isEmpty();
    assertThat(Catalogue.cluster(name).at("/metadata/name").asText()).isEqualTo(name);
  }

  /** In both sizes: services that ship, with profiles and keys that they have. */
  @ParameterizedTest
  @MethodSource("names")
  void itsComponentsAreServicesThatShip(String name) {
    for (String size : new String[] {"development", "production"}) {
      for (Component component : topology(name, size).components()) {
        JsonNode service = Catalogue.manifest(component.definition()).get("spec");
        if (component.profile() != null) {
          assertThat(service.at("/config/profiles").has(component.profile()))
              .as("%s has profile %s", component.definition(), component.profile())
              .isTrue();
        }
        JsonNode keys = service.at("/config/schema/properties");
        assertThat(component.config().keySet())
            .as("keys of " + component.definition())
            .allMatch(key -> keys.has(key) || isSecret(service, key));
      }
    }
  }

  private static boolean isSecret(JsonNode service, String key) {
    return service.at("/config/secrets").valueStream().anyMatch(s -> s.asText().equals(key));
  }

  private static Topology topology(String name, String size) {
    String app = name.equals("web-stack") ? ", app: {command: /usr/bin/true}" : "";
    String spec = "{definition: %s, parameters: {size: %s%s}}".formatted(name, size, app);
    return TopologyDesign.of(
        "sample", Catalogue.yaml(spec, ClusterSpec.class), Optional.of(definition(name)));
  }

  private static ClusterDefinitionSpec definition(String name) {
    return Catalogue.YAML.convertValue(
        Catalogue.cluster(name).get("spec"), ClusterDefinitionSpec.class);
  }
}
