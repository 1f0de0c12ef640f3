package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API server goes away or refuses, for as long as {@code faults.seconds} says. */
@Tag("faults")
class ApiFaultsTest {
  private static final int SECONDS =
      Integer.getInteger(
          "faults.seconds", System.getProperty("faults.set", "").equals("all") ? 120 : 12);

  /** A first answer at once, then ever longer pauses: no storm of the same refused write. */
  private static final int ATTEMPTS_PER_OBJECT = 10 + SECONDS / 5;

  @Test
  void away_in_the_middle_of_its_work_costs_time_and_nothing_else() throws Exception {
    try (ApiProxy proxy = new ApiProxy(Site.config());
        Stage stage = Site.behind(proxy, new TwoServers(), "api/away")) {
      stage.begin();
      stage.untilReached("provider.create/before");
      proxy.leave();
      TimeUnit.SECONDS.sleep(SECONDS);
      proxy.comeBack();
      stage.untilReady();
      stage.witness.afterRise(stage);
      stage.fall();
      stage.witness.afterFall(stage);
    }
  }

  @Test
  void a_conflict_on_every_status_write_starts_nothing_and_no_storm() throws Exception {
    try (ApiProxy proxy = new ApiProxy(Site.config());
        Stage stage = Site.behind(proxy, new ThirtyOperations(), "api/conflicts")) {
      proxy.conflictOn(line -> line.startsWith("PUT ") && line.contains("/status "));
      stage.begin();
      stage.until("a conflict", () -> proxy.conflicted() > 0);
      TimeUnit.SECONDS.sleep(SECONDS);
      assertThat(stage.cloud.ledger()).as("effects without a recorded intent").isEmpty();
      assertThat(stage.resources.list("Server")).as("the one that was there before").hasSize(1);
      assertThat(proxy.conflicted())
          .as("attempts within %s", Duration.ofSeconds(SECONDS))
          .isLessThanOrEqualTo(3 * ATTEMPTS_PER_OBJECT);
      proxy.conflictOn(ApiProxy.NOTHING);
      stage.untilReady();
      stage.witness.afterRise(stage);
      stage.fall();
      stage.witness.afterFall(stage);
    }
  }
}
