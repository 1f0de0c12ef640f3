package dev.provisioning.faults;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The machine stops answering in the middle of an operation, its connections half-open. */
@Tag("faults")
class MachineFaultsTest {
  /** With {@code all} longer than it takes to notice a dead peer: three keep-alives of 15 s. */
  private static final int SECONDS = System.getProperty("faults.set", "").equals("all") ? 90 : 12;

  @Test
  void a_machine_that_freezes_and_comes_back_has_each_step_done_once() throws Exception {
    try (Stage stage =
        Site.stage(new OneService(), Site.launch("machine/frozen", Kills.NONE, ""))) {
      EngineWitness engine = (EngineWitness) stage.witness;
      stage.begin();
      stage.untilReached("operation/before");
      engine.freeze();
      TimeUnit.SECONDS.sleep(SECONDS);
      engine.thaw();
      stage.untilReady();
      engine.afterRise(stage);
      stage.fall();
      engine.afterFall(stage);
    }
  }
}
