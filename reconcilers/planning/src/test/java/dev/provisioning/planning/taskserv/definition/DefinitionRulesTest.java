package dev.provisioning.planning.taskserv.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/x.conf",
        "/etc/x/",
        "/etc/../root/x",
        "/etc//x",
        "/var/lib/provisioning/versions/x",
        "~/x"
      })
  void a_file_has_an_absolute_path_without_detours(String path) {
    assertThat(DefinitionRules.check(withFile(path)))
        .containsExactly(
            "spec.files[0].path: %s is no absolute path of a file, like /etc/redis/redis.conf"
                .formatted(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/x.conf", "/etc/{taskserv}.d/60-x", "{config.home}/x"})
  void a_path_may_be_a_template(String path) {
    assertThat(DefinitionRules.check(withFile(path))).isEmpty();
  }

  private static TaskServDefinitionSpec withFile(String path) {
    String yaml =
        """
        versions: [{version: "1.0"}]
        config:
          schema: {type: object, properties: {home: {type: string, default: /srv}}}
        files: [{path: "%s", template: x}]
        """
            .formatted(path);
    try {
      return YAML.readValue(yaml, TaskServDefinitionSpec.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final Path CATALOGUE = Path.of("../../helm/catalogue/definitions");

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(CATALOGUE)) {
      return files.filter(f -> f.endsWith("definition.yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shipped")
  void everyShippedDefinitionIsRight(Path file) throws IOException {
    JsonNode spec = YAML.readTree(file.toFile()).get("spec");
    assertThat(DefinitionRules.check(YAML.treeToValue(spec, TaskServDefinitionSpec.class)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      textBlock =
          """
          {versions: []} -> spec.versions: name at least one
          {versions: [{version: new}]} -> spec.versions[0].version: new is no version like 7.0
          {versions: [{version: "1"}, {version: "1"}]} -> spec.versions[1].version: 1 is there already
          {versions: [{version: "1", upgradesFrom: ">=>"}]} -> spec.versions[0].upgradesFrom: >=> is no range like >=7 <9
          {architectures: [amd64], versions: [{version: "1", artifacts: [{architecture: arm64, url: "https://x", sha256: a}]}]} -> spec.versions[0].artifacts[0].architecture: arm64 is not one of spec.architectures
          {requires: [{name: runc, version: "newest"}]} -> spec.requires[0].version: newest is no range like >=7 <9
          {requires: [{name: cri}], provides: [cri]} -> spec.requires[0].name: cri is what this definition provides itself
          {requires: [{name: cri}, {name: cri}]} -> spec.requires[1].name: cri is there already
          {config: {schema: {properties: {a: {type: strnig}}}}} -> spec.config.schema: properties.a.type: does not have a value in the enumeration ["array", "boolean", "integer", "null", "number", "object", "string"]
          {config: {schema: {properties: {a: {type: integer, default: many}}}}} -> spec.config.schema: the default of a is wrong: string found, integer expected
          {config: {schema: {properties: {aof: {type: boolean}}}, profiles: {production: {aof: maybe}}}} -> spec.config.profiles.production.aof: string found, boolean expected
          {config: {schema: {properties: {aof: {type: boolean}}}, profiles: {production: {aop: true}}}} -> spec.config.profiles.production.aop: unknown key; did you mean aof?
          {config: {schema: {properties: {password: {type: string}}}, secrets: [password]}} -> spec.config.secrets[0]: password is in spec.config.schema too; a secret does not belong there
          {config: {secrets: ["users[].password"]}} -> spec.config.secrets[0]: users[].password is no path like password or users.*.password
          {files: [{path: /etc/x, template: "a\\nb {colour}"}]} -> spec.files[0].template:2: unknown variable {colour}; there are config, dataPolicy, exports, leader, machines, members, others, peers, role, server, services, targets, taskserv, version, workspace
          {files: [{path: /etc/x, template: "{config.colour}"}]} -> spec.files[0].template:1: {config.colour} is not in spec.config.schema
          {files: [{path: /etc/x, template: "{server.adress}"}]} -> spec.files[0].template:1: unknown variable {server.adress}; server has address, architecture, cores, diskGb, hostname, index, leader, memoryMb, name, os, osVersion, privateAddress, publicAddress, role
          {files: [{path: /etc/x, template: "{exports.token}"}]} -> spec.files[0].template:1: unknown variable {exports.token}; exports has none
          {files: [{path: /etc/x, template: "{#if server.leader}x"}]} -> spec.files[0].template:1: unterminated section [if] detected
          {files: [{path: /etc/x, template: "{#when x}y{/bogus}"}]} -> spec.files[0].template:1: section end tag [bogus] does not match the start tag [when]
          {files: [{path: /etc/x, template: a}, {path: /etc/x, template: b}]} -> spec.files[1].path: /etc/x is there already
          {files: [{path: /etc/x, template: a, mode: rw-r--r--}]} -> spec.files[0].mode: rw-r--r-- is no octal mode like 0644
          {files: [{path: /etc/x, template: a, role: primary}]} -> spec.files[0].role: primary is not one of spec.roles (none)
          {units: ["{versoin}.service"]} -> spec.units[0]:1: unknown variable {versoin}; there are config, dataPolicy, exports, leader, machines, members, others, peers, role, server, services, targets, taskserv, version, workspace
          {install: [{name: packages, run: "true"}]} -> spec.install[0].name: packages is a step that the operator makes
          {install: [{name: a, run: "true"}, {name: a, run: "true"}]} -> spec.install[1].name: a is there already
          {install: [{name: a, run: "true", when: AfterStart}]} -> spec.install[0].when: AfterStart has no meaning in spec.install
          {roles: [primary], configure: [{name: a, run: "true", role: replica}]} -> spec.configure[0].role: replica is not one of spec.roles (primary)
          {healthChecks: [{name: a, command: "true", unit: x}]} -> spec.healthChecks[0]: give exactly one of command, tcp, http, unit
          {healthChecks: [{name: a}]} -> spec.healthChecks[0]: give exactly one of command, tcp, http, unit
          """)
  void whatIsWrongIsNamedByItsPath(String yaml, String problem) throws IOException {
    TaskServDefinitionSpec spec = YAML.readValue(yaml, TaskServDefinitionSpec.class);
    TaskServDefinitionSpec whole =
        yaml.contains("versions:")
            ? spec
            : spec.withVersions(
                YAML.readValue("{versions: [{version: '1'}]}", TaskServDefinitionSpec.class)
                    .versions());
    assertThat(DefinitionRules.check(whole)).containsExactly(problem);
  }

  @Test
  void namesOfLoopsAndLetsAreKnown() throws IOException {
    String yaml =
        """
        versions: [{version: "1"}]
        config: {schema: {properties: {users: {type: array, items: {type: object}}}}, secrets: ["users.*.password"]}
        files:
        - path: /etc/x
          template: |
            {#for u in config.users}{u.name}{u_count}{#if u_hasNext},{/if}{/for}
            {#let size=config.users.size}{size}{/let}
            {#each members}{it.address}{/each}
            {peers.get('x').orEmpty.size}
            {services.get('x').orEmpty.size}
            {targets.json}
        """;
    assertThat(DefinitionRules.check(YAML.readValue(yaml, TaskServDefinitionSpec.class))).isEmpty();
  }
}
