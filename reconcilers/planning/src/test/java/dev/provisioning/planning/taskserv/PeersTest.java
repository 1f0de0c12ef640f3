package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.taskserv.design.Neighbours.MetricsTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a service finds what the others say of themselves. */
class PeersTest {
  private final Scene scene =
      new Scene()
          .server("db-1")
          .define(
              "db",
              """
              versions: [{version: "1.0"}]
              ports:
              - {name: db, port: 5432}
              - {name: metrics, port: 9187, from: metricsPort, when: metrics, metrics: /metrics}
              config:
                schema:
                  type: object
                  properties:
                    metricsPort: {type: integer, default: 9187}
                    metrics: {type: boolean, default: true}
              """)
          .define("watcher", "{versions: [{version: '1.0'}]}");

  PeersTest() {
    apply("{}");
    scene.apply("prometheus", "{definition: watcher, servers: {names: [db-1]}}");
  }

  private void apply(String config) {
    scene.apply("db", "{definition: db, servers: {names: [db-1]}, config: %s}".formatted(config));
  }

  @Test
  void metricsAreReadWhereTheConfigurationServesThem() {
    scene.settle();
    assertThat(targets()).containsExactly("db db-1:9187/metrics");
    apply("{metricsPort: 9999}");
    scene.settle();
    assertThat(targets()).containsExactly("db db-1:9999/metrics");
  }

  @Test
  void nobodyIsSentWhereNothingListens() {
    apply("{metrics: false}");
    scene.settle();
    assertThat(targets()).isEmpty();
  }

  private List<String> targets() {
    return Peers.of(scene.input("prometheus")).targets().stream().map(PeersTest::told).toList();
  }

  private static String told(MetricsTarget target) {
    return "%s %s:%d%s"
        .formatted(target.taskserv(), target.member().name(), target.port(), target.path());
  }
}
