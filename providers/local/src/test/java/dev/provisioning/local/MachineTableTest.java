package dev.provisioning.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.spi.model.MachineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTableTest {
  @ParameterizedTest
  @CsvSource({
    "created,PENDING", "restarting,PENDING", "running,RUNNING", "exited,STOPPED",
    "paused,STOPPED", "removing,DELETING", "dead,ERROR", "unheard-of,UNKNOWN"
  })
  void p10_everyEngineStateHasAWord(String engine, MachineState state) {
    assertThat(Containers.state(engine)).isEqualTo(state);
  }

  @Test
  void aPlanIsItsLimits() {
    Size size = Size.of("2x4");
    assertThat(Size.planOf(size.nanoCpus(), size.memoryBytes())).isEqualTo("2x4");
    assertThat(Size.planOf(0L, 0L)).isEqualTo("unlimited");
  }

  @Test
  void aWrongPlanIsRefusedWithAnExample() {
    assertThatThrownBy(() -> Size.of("t3.micro"))
        .hasMessage(
            "PlanNotFound: spec.plan: t3.micro is no plan of provider local; plans are <cores>x<GB>,"
                + " like 2x4");
  }
}
