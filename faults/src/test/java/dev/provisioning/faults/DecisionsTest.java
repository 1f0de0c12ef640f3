package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.simulated.LedgerEntry;
import dev.provisioning.simulated.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was decided on old data destroys nothing. */
@Tag("faults")
class DecisionsTest {
  private static final Duration LATE = Duration.ofSeconds(4);
  private static final String SERVICE =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: TaskServ
      metadata: {name: late}
      spec: {workspace: acme, definition: none, servers: {names: [web-01]}}
      """;

  @Test
  void a_policy_that_changes_while_the_decision_is_being_written_is_obeyed() throws Exception {
    try (ApiProxy proxy = new ApiProxy(Site.config());
        Stage stage = Site.behind(proxy, new TwoServers(), "decisions/policy")) {
      stage.rise();
      proxy.hold(line -> line.startsWith("PUT ") && line.contains("/servers/web-01/status"));
      stage.resources.delete("Server", "web-01");
      stage.until("the decision to delete is on its way", () -> proxy.waiting() > 0);
      stage.resources.merge("Server", "web-01", "{\"spec\":{\"deletionPolicy\":\"Retain\"}}");
      proxy.hold(ApiProxy.NOTHING);
      stage.until("web-01 is gone", () -> stage.resources.list("Server").size() == 1);
      assertThat(effects(stage)).contains(Operation.RELEASE).doesNotContain(Operation.DELETE);
      assertThat(stage.cloud.machines()).hasSize(2);
    }
  }

  @Test
  void a_service_that_our_cache_has_not_seen_yet_keeps_its_machine() throws Exception {
    try (ApiProxy proxy = new ApiProxy(Site.config());
        Stage stage = Site.behind(proxy, new TwoServers(), "decisions/service")) {
      stage.rise();
      proxy.delay(line -> line.contains("/taskservs?") && line.contains("watch=true"));
      stage.resources.apply(SERVICE);
      stage.resources.delete("Server", "web-01");
      await("the machine stays")
          .during(LATE)
          .atMost(LATE.multipliedBy(2))
          .until(() -> stage.cloud.machines().size() == 2);
      stage.until("it says why", () -> said(stage).contains("TaskServ"));
      proxy.delay(ApiProxy.NOTHING);
      stage.resources.delete("TaskServ", "late");
      stage.until("web-01 is gone", () -> stage.resources.list("Server").size() == 1);
      assertThat(stage.cloud.machines()).hasSize(1);
    }
  }

  private static String said(Stage stage) {
    return stage.resources.unready(List.of("Server")).toString();
  }

  private static List<Operation> effects(Stage stage) {
    return stage.cloud.ledger().stream().map(LedgerEntry::operation).toList();
  }
}
