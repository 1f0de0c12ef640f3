package dev.provisioning.planning.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.planning.config.ConfigSchema.Problem;
import dev.provisioning.planning.config.SecretPaths.Reference;
import dev.provisioning.planning.config.SecretPaths.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private static final ConfigSchema REDIS =
      schema(
          """
          {properties: {
             maxmemory: {type: 'string', pattern: '^[0-9]+[kmg]b$', default: '512mb'},
             policy: {type: 'string', enum: ['lru', 'lfu'], default: 'lru'},
             databases: {type: 'integer', minimum: 1, default: 16},
             tls: {type: 'object', properties: {enabled: {type: 'boolean', default: false}, port: {type: 'integer'}}},
             users: {type: 'array', items: {type: 'object', required: ['name'],
                     properties: {name: {type: 'string'}, roles: {type: 'array', default: ['read']}}}},
             labels: {type: 'object', additionalProperties: {type: 'string'}}}}
          """);

  @Test
  void defaultsOfNestedObjectsAreValuesToo() {
    assertThat(REDIS.defaults())
        .isEqualTo(
            json("{maxmemory: '512mb', policy: 'lru', databases: 16, tls: {enabled: false}}"));
  }

  @Test
  void elementsOfListsGetTheirDefaults() {
    assertThat(REDIS.withElementDefaults(json("{users: [{name: 'a'}, {name: 'b', roles: []}]}")))
        .isEqualTo(json("{users: [{name: 'a', roles: ['read']}, {name: 'b', roles: []}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {maxmemory: 'lots'}          | maxmemory       | does not match the regex pattern ^[0-9]+[kmg]b$
          {databases: 0}               | databases       | must have a minimum value of 1
          {databases: 'many'}          | databases       | string found, integer expected
          {policy: 'x'}                | policy          | does not have a value in the enumeration ["lru", "lfu"]
          {maxmemroy: '1mb'}           | maxmemroy       | unknown key; did you mean maxmemory?
          {colour: 'red'}              | colour          | unknown key; known are databases, labels, maxmemory, policy, tls, users
          {tls: {prot: 1}}             | tls.prot        | unknown key; did you mean port?
          {users: [{}]}                | users[0].name   | is required
          {users: [{name: 'a', x: 1}]} | users[0].x      | unknown key; known are name, roles
          {labels: {a: 1}}             | labels.a        | integer found, string expected
          """)
  void aWrongValueIsNamedByItsPath(String config, String path, String message) {
    assertThat(REDIS.check(json(config))).containsExactly(new Problem(path, message));
  }

  @Test
  void aRightValuePasses() {
    assertThat(REDIS.check(json("{maxmemory: '1gb', tls: {enabled: true}, labels: {a: 'b'}}")))
        .isEmpty();
  }

  @Test
  void withoutASchemaNothingMayBeConfigured() {
    assertThat(ConfigSchema.of(Optional.empty()).check(json("{a: 1}")))
        .containsExactly(new Problem("a", "unknown key; there are none"));
  }

  @Test
  void whatIsNoSchemaIsRefused() {
    assertThatThrownBy(() -> schema("{properties: {a: {type: 'strnig'}}}"))
        .isInstanceOf(ConfigSchema.BadSchema.class)
        .hasMessageContaining("properties.a.type");
  }

  @Test
  void secretsAreTakenOutAndNamedByTheirPath() {
    Split split =
        new SecretPaths(List.of("password", "users.*.password", "tls.key"))
            .split(
                json(
                    "{a: 1, password: {secretRef: {name: 's', key: 'k'}}, tls: {on: true},"
                        + " users: [{name: 'app', password: {secretRef: {name: 't'}}}, {name: 'b'}]}"));
    assertThat(split.problems()).isEmpty();
    assertThat(split.plain())
        .isEqualTo(json("{a: 1, tls: {on: true}, users: [{name: 'app'}, {name: 'b'}]}"));
    assertThat(split.references())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "password", new Reference(Optional.of("s"), "k"),
                "tls.key", new Reference(Optional.empty(), "tls.key"),
                "users.app.password", new Reference(Optional.of("t"), "password"),
                "users.b.password", new Reference(Optional.empty(), "users.b.password")));
  }

  @Test
  void aSecretWrittenOutIsRefusedAndNotRepeated() {
    Split split = new SecretPaths(List.of("password")).split(json("{password: 'hunter2'}"));
    assertThat(split.problems())
        .containsExactly(
            new Problem(
                "password",
                "is a secret: put it into a Secret and give {secretRef: {name: …, key: …}} here"));
    assertThat(split.toString()).doesNotContain("hunter2");
  }

  @Test
  void markersStandWhereSecretsWere() {
    SecretPaths paths = new SecretPaths(List.of("password", "users.*.password"));
    assertThat(
            paths.fill(
                json("{users: [{name: 'a'}]}"),
                Set.of("password", "users.a.password"),
                name -> "<" + name + ">"))
        .isEqualTo(
            json("{password: '<password>', users: [{name: 'a', password: '<users.a.password>'}]}"));
  }

  @Test
  void anOptionalSecretIsNotMadeUp() {
    Split split =
        new SecretPaths(List.of("tls.key?", "tls.certificate?"))
            .split(json("{tls: {key: {secretRef: {name: 's'}}}}"));
    assertThat(split.references())
        .isEqualTo(Map.of("tls.key", new Reference(Optional.of("s"), "key")));
  }

  private static ConfigSchema schema(String text) {
    return ConfigSchema.of(Optional.of(json(text)));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
