package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections of watches stay open, and nothing comes over them any more. */
@Tag("faults")
class DeafWatchTest {
  private static final int FAILED = 1;

  @Test
  void an_operator_that_hears_nothing_ends_and_its_successor_knows_all() throws Exception {
    Supervisor.Launch launch =
        Site.launch("deaf/first", Kills.NONE, "").with("provisioning.intervals.watches", "5s");
    try (ApiProxy proxy = new ApiProxy(Site.config());
        Stage stage = Site.behind(proxy, new TwoServers(), launch);
        Supervisor rival = stage.rival(Site.launch("deaf/second", Kills.NONE, ""))) {
      stage.operator.leaveAlone();
      stage.rise();
      assertThat(stage.operator.process(0).isAlive()).as("a silent watch is not deaf").isTrue();
      proxy.delay(line -> line.contains("/servers?") && line.contains("watch=true"));
      stage.resources.merge("Server", "web-01", "{\"spec\":{\"tags\":{\"team\":\"shop\"}}}");
      stage.until("it has ended", () -> !stage.operator.process(0).isAlive());
      assertThat(stage.operator.process(0).exitValue()).isEqualTo(FAILED);
      assertThat(stage.operator.lastWords())
          .contains("a watch of kind Server tells nothing any more");
      rival.start();
      stage.untilReady();
      stage.fall();
      stage.witness.afterFall(stage);
      assertThat(rival.trouble()).isEmpty();
    }
  }
}
