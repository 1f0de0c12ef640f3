package dev.provisioning.planning.taskserv.design;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.taskserv.Bind;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final TaskServDefinitionSpec PROXY =
      read(
          """
          category: Networking
          ports:
          - {name: http, port: 80, from: sites.*.listen}
          - {name: admin, port: 81, from: admin.port, role: boss}
          - {name: status, port: 8080, local: true}
          - {name: metrics, port: 9100, when: metrics}
          - {name: peer, port: 7000}
          config:
            schema:
              properties:
                metrics: {type: boolean}
                admin: {properties: {port: {type: integer}}}
                sites: {type: array, items: {properties: {listen: {type: integer}}}}
          """,
          TaskServDefinitionSpec.class);

  private static final TaskServDefinitionSpec DATABASE =
      read(
          """
          category: Databases
          ports: [{name: db, port: 6379, from: port, bind: bind}]
          config:
            schema:
              properties:
                port: {type: integer}
                bind: {type: string, enum: [Private, All, Loopback]}
          """,
          TaskServDefinitionSpec.class);

  @Test
  void a_service_listens_where_its_configuration_says() {
    String config = "{sites: [{listen: 80}, {listen: 443}, {listen: 80}], admin: {port: 90}}";
    assertThat(Ports.open(PROXY, read(config, JsonNode.class)))
        .containsExactly(
            new OpenPort("http", List.of(80, 443), null, null),
            new OpenPort("admin", List.of(90), "boss", null),
            new OpenPort("peer", List.of(7000), null, null));
  }

  @Test
  void without_a_value_nothing_listens_and_what_is_switched_off_does_not() {
    assertThat(Ports.open(PROXY, read("{sites: [], metrics: false}", JsonNode.class)))
        .containsExactly(new OpenPort("peer", List.of(7000), null, null));
    assertThat(Ports.open(PROXY, read("{metrics: true}", JsonNode.class)))
        .extracting(OpenPort::name)
        .containsExactly("metrics", "peer");
  }

  @Test
  void on_which_addresses_it_listens_is_told_and_what_only_its_machine_reaches_is_not() {
    assertThat(Ports.open(DATABASE, read("{port: 6380, bind: Private}", JsonNode.class)))
        .containsExactly(new OpenPort("db", List.of(6380), null, Bind.Private));
    assertThat(Ports.open(DATABASE, read("{port: 6380, bind: All}", JsonNode.class)))
        .containsExactly(new OpenPort("db", List.of(6380), null, Bind.All));
    JsonNode alone = read("{port: 6380, bind: Loopback}", JsonNode.class);
    assertThat(Ports.open(DATABASE, alone)).isEmpty();
    assertThat(Ports.numbers(DATABASE.ports().getFirst(), alone)).containsExactly(6380);
  }

  @Test
  void a_setting_of_addresses_that_has_other_words_is_named() {
    assertThat(Ports.check(DATABASE)).isEmpty();
    TaskServDefinitionSpec wrong =
        read(
            """
            category: Databases
            ports: [{name: a, port: 1, bind: bind}, {name: b, port: 2, bind: at}, {name: c, port: 3, bind: on}]
            config: {schema: {properties: {bind: {type: string}, at: {enum: [Private, Public]}}}}
            """,
            TaskServDefinitionSpec.class);
    assertThat(Ports.check(wrong))
        .containsExactly(
            "spec.ports[0].bind: setting bind must have an enum of All, Private, Loopback",
            "spec.ports[1].bind: setting at must have an enum of All, Private, Loopback",
            "spec.ports[2].bind: spec.config.schema has no setting on");
  }

  @Test
  void a_setting_that_the_configuration_lacks_is_named() {
    assertThat(Ports.check(PROXY)).isEmpty();
    TaskServDefinitionSpec wrong =
        read(
            """
            category: Networking
            ports: [{name: a, port: 1, from: sites.*.port}, {name: b, port: 2, when: metric}]
            config: {schema: {properties: {sites: {type: array, items: {properties: {}}}}}}
            """,
            TaskServDefinitionSpec.class);
    assertThat(Ports.check(wrong))
        .containsExactly(
            "spec.ports[0].from: spec.config.schema has no setting sites.*.port",
            "spec.ports[1].when: spec.config.schema has no setting metric");
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
