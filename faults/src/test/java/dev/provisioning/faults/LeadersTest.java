package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A leader that slept through the end of its lease wakes with an effect on its lips. */
@Tag("faults")
class LeadersTest {
  @Test
  void a_leader_that_slept_and_wakes_does_nothing_twice() throws Exception {
    Path place = Site.LOGS.resolve("leaders/first");
    Path hold = place.resolve("hold");
    Files.deleteIfExists(hold);
    Supervisor.Launch launch =
        elected("leaders/first", "hold=provider.create/before#1:" + hold.toAbsolutePath());
    try (Stage stage = Site.stage(new TwoServers(), launch);
        Supervisor rival = stage.rival(elected("leaders/second", ""))) {
      stage.operator.leaveAlone();
      stage.begin();
      stage.until("the first leader is about to create", () -> Files.exists(hold));
      Process first = stage.operator.process(0);
      signal(first, "STOP");
      rival.start();
      stage.untilReady();
      Files.delete(hold);
      signal(first, "CONT");
      stage.until("the deposed leader has left", () -> !first.isAlive());
      stage.witness.afterRise(stage);
      new Oracle(stage).stable();
      stage.fall();
      stage.witness.afterFall(stage);
      assertThat(rival.trouble()).isEmpty();
    }
  }

  private static Supervisor.Launch elected(String place, String orders) throws IOException {
    Files.createDirectories(Site.LOGS.resolve(place));
    return Site.launch(place, Kills.NONE, orders)
        .with("provisioning.leader-election.enabled", "true")
        .with("provisioning.leader-election.lease-duration", "6s")
        .with("provisioning.leader-election.renew-deadline", "4s")
        .with("provisioning.leader-election.retry-period", "1s");
  }

  private static void signal(Process process, String name) {
    Programs.run("kill", "-" + name, Long.toString(process.pid()));
  }
}
