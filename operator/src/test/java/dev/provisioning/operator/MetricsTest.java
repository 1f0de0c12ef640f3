package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.LimitsBuilder;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a scrape of a working operator gives, beside what {@code docs/metrics.md} says it gives. */
@org.junit.jupiter.api.Tag("apiserver")
class MetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int SERVERS = 20;

  /** A row of the table: its name, and the code words of its labels. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(provisioning_\\w+)` \\| (.*?) \\|");

  private static final Pattern WORD = Pattern.compile("`(\\w+)`");

  @RegisterExtension final TestOperator operator = TestOperator.inNamespace("met");

  @BeforeEach
  void start() {
    Workspace workspace = new Workspace();
    workspace.setSpec(
        WorkspaceSpecBuilder.builder()
            .limits(
                LimitsBuilder.builder()
                    .servers(SERVERS)
                    .monthlyCost("5000")
                    .currency("EUR")
                    .build())
            .providers(
                List.of(ProviderBuilder.builder().name("sim").type(ProviderType.simulated).build()))
            .build());
    create("acme", workspace);
    for (int i = 0; i < SERVERS + 1; i++) {
      Server server = new Server();
      server.setSpec(ServerSpecBuilder.builder().plan("sim-2x4").build());
      create("web-%02d".formatted(i), server);
    }
  }

  @Test
  void a_scrape_tells_what_the_operator_does_and_what_there_is() throws IOException {
    await().atMost(PATIENCE).until(() -> scrape().contains(ready(SERVERS)));
    await().atMost(PATIENCE).until(() -> scrape().contains(used(SERVERS)));
    String scrape = scrape();
    String place = "namespace=\"%s\",".formatted(operator.namespace);
    assertThat(scrape)
        .contains("provisioning_leader 1.0")
        .contains("provisioning_stale_epoch_rejections_total 0.0")
        .contains("provisioning_reconcile_total{kind=\"Server\",outcome=\"changed\"}")
        .contains("provisioning_reconcile_total{kind=\"Workspace\",outcome=\"failed\"} 0.0")
        .contains("provisioning_reconcile_duration_seconds_bucket{kind=\"Server\",le=\"0.1\"}")
        .contains("provisioning_queue_depth{kind=\"Server\"}")
        .contains("provisioning_queue_oldest_seconds{kind=\"Server\"}")
        .contains("provisioning_failures_total{failure=\"waiting\",kind=\"Server\"}")
        .contains(
            "provisioning_operation_duration_seconds_count{result=\"ok\",type=\"CreateMachine\"}"
                + " 20")
        .contains(
            "provisioning_provider_calls_total{operation=\"create\",outcome=\"ok\",provider=\"simulated\"}"
                + " 20.0")
        .contains(
            "provisioning_provider_call_duration_seconds_count{operation=\"create\",provider=\"simulated\"}"
                + " 20")
        .contains("provisioning_kubernetes_requests_total{code=\"200\",verb=\"put\"}")
        .contains("provisioning_provider_up{" + place + "provider=\"sim\",workspace=\"acme\"} 1.0")
        .contains(
            "provisioning_quota_limit{" + place + "resource=\"servers\",workspace=\"acme\"} 20.0");
  }

  @Test
  void every_name_and_label_is_documented_and_no_label_names_a_server() throws IOException {
    await().atMost(PATIENCE).until(() -> scrape().contains(ready(SERVERS)));
    Map<String, Set<String>> documented = documented();
    for (Meter meter : ours()) {
      String name = exposed(meter);
      assertThat(documented).as("docs/metrics.md").containsKey(name);
      assertThat(documented.get(name))
          .as("labels of %s in docs/metrics.md", name)
          .containsAll(meter.getId().getTags().stream().map(Tag::getKey).toList());
      assertThat(meter.getId().getTags())
          .as(name)
          .noneMatch(tag -> tag.getValue().startsWith("web-"));
    }
  }

  @Test
  void the_number_of_series_does_not_grow_with_the_number_of_servers() {
    await().atMost(PATIENCE).until(() -> scrape().contains(ready(SERVERS)));
    assertThat(ours()).hasSizeLessThan(120);
  }

  private String ready(int count) {
    return "provisioning_resources{kind=\"Server\",namespace=\"%s\",phase=\"Ready\"} %d.0"
        .formatted(operator.namespace, count);
  }

  private String used(int count) {
    return "provisioning_quota_used{namespace=\"%s\",resource=\"servers\",workspace=\"acme\"} %d.0"
        .formatted(operator.namespace, count);
  }

  private String scrape() {
    return operator.scrape();
  }

  private List<Meter> ours() {
    return operator.meters().getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith("provisioning_"))
        .toList();
  }

  private static String exposed(Meter meter) {
    String name = meter.getId().getName();
    return switch (meter.getId().getType()) {
      case COUNTER -> name + "_total";
      case TIMER -> name + "_seconds";
      case GAUGE, LONG_TASK_TIMER, DISTRIBUTION_SUMMARY, OTHER -> name;
    };
  }

  private static Map<String, Set<String>> documented() throws IOException {
    return ROW.matcher(Files.readString(Path.of("../docs/metrics.md")))
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> words(row.group(2))));
  }

  private static Set<String> words(String labels) {
    return WORD.matcher(labels)
        .results()
        .map(MatchResult::group)
        .map(word -> word.replace("`", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void create(String name, HasMetadata resource) {
    resource.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(operator.namespace).build());
    operator.client.resource(resource).create();
  }
}
