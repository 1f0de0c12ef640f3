package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read on a Cluster whose mistake only its definition or its surroundings reveal. */
class BadInputTest {
  private static final String TOPOLOGY =
      """
      description: A topology
      parameters:
        schema:
          type: object
          properties:
            size: {type: string, enum: [development, production], default: development}
            web: {type: integer, minimum: 1, maximum: 5, default: 2}
            note: {type: string}
      nodePools:
      - {name: web, replicas: "{parameters.web}", server: {plan: small}}
      components:
      - {name: os}
      - {name: nginx, dependsOn: [os]}
      """;

  record Row(String mistake, String definition, String spec, String says) {
    @Override
    public String toString() {
      return mistake;
    }
  }

  static Stream<Row> mistakes() {
    return Stream.of(
        new Row(
            "a misspelt parameter",
            TOPOLOGY,
            "{definition: web, parameters: {wbe: 3}}",
            "spec.parameters.wbe: unknown key; did you mean web?"),
        new Row(
            "a parameter out of range",
            TOPOLOGY,
            "{definition: web, parameters: {web: 9}}",
            "spec.parameters.web: must have a maximum value of 5"),
        new Row(
            "a component on a pool that the definition does not have",
            TOPOLOGY,
            "{definition: web, components: [{name: redis, nodePools: [cache]}]}",
            "components[redis].nodePools: there is no cache; there are web"),
        new Row(
            "a dependency that nothing is called",
            TOPOLOGY,
            "{definition: web, components: [{name: redis, dependsOn: [ngnix]}]}",
            "components[redis].dependsOn: there is no ngnix; there are nginx, os, redis"),
        new Row(
            "a circle through the definition's components",
            TOPOLOGY,
            "{definition: web, components: [{name: os, dependsOn: [nginx]}]}",
            "components need each other in a circle: nginx -> os -> nginx; take one of these"
                + " dependencies away"),
        new Row(
            "a scaled pool that is not there",
            TOPOLOGY,
            "{definition: web, scaledPool: workers}",
            "spec.scaledPool: there is no pool workers; there are web"),
        new Row(
            "scaled beyond the addresses",
            TOPOLOGY,
            "{definition: web, nodePools: [{name: web, addresses: [10.0.0.7]}], replicas: 2}",
            "nodePools[web]: 2 machines are wanted and 1 addresses are given; name one for each"),
        new Row(
            "a definition with a field that no Server has",
            TOPOLOGY.replace("plan: small", "plann: small"),
            "{definition: web}",
            "nodePools[web].server.plann is no field of a Server"),
        new Row(
            "a definition that sets what the Cluster sets",
            TOPOLOGY.replace("plan: small", "hostname: www"),
            "{definition: web}",
            "nodePools[web].server.hostname is set by the Cluster: leave it out of the pool"),
        new Row(
            "a definition with an unknown parameter",
            TOPOLOGY.replace("{parameters.web}", "{parameters.webs}"),
            "{definition: web}",
            "nodePools[web].replicas: there is no parameter webs in the definition's schema"),
        new Row(
            "a definition with an unknown expression",
            TOPOLOGY.replace("{parameters.web}", "{web}"),
            "{definition: web}",
            "nodePools[web].replicas: {web} is no expression; there are {parameters.NAME},"
                + " {size(a,b)} and {cluster.name}, and \\{ for a brace"),
        new Row(
            "a parameter without a value inside a text",
            TOPOLOGY.replace("plan: small", "image: \"debian-{parameters.note}\""),
            "{definition: web}",
            "nodePools[web].server.image: parameters.note has no value, and stands inside a text"),
        new Row(
            "replicas that are no number",
            TOPOLOGY.replace("{parameters.web}", "{size(few,many)}"),
            "{definition: web}",
            "nodePools[web].replicas has a wrong value"),
        new Row(
            "a role on a pool where the component is not",
            TOPOLOGY,
            "{definition: web, components: [{name: nginx, roles: {db: primary}}]}",
            "components[nginx].roles: the component does not run on a pool db"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldOnTheClusterAndNothingIsMade(Row row) {
    Scene scene = new Scene().define(row.definition()).apply(row.spec());
    scene.passes(2);
    assertThat(scene.condition("Ready").message()).isEqualTo(row.says());
    assertThat(scene.condition("Stalled").message()).isEqualTo(row.says());
    assertThat(scene.world.servers).isEmpty();
  }
}
