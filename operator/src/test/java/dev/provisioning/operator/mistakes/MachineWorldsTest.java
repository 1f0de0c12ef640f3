package dev.provisioning.operator.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way into machines that exist: each mistake has a machine of its own with a real sshd. */
@Tag("machines")
@Isolated("its operator works in all namespaces")
class MachineWorldsTest {
  private static Play play;

  static List<Mistake> machines() {
    return Mistakes.of("machines");
  }

  @BeforeAll
  static void start() {
    if (machines().isEmpty()) {
      return;
    }
    play = Play.apart("machines", machines(), (mistake, namespace) -> new OwnMachine(mistake));
  }

  @AfterAll
  static void stop() {
    if (play != null) {
      play.close();
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("machines")
  void isToldAndConvergesWhenCorrected(Mistake mistake) {
    play.end(mistake);
  }

  private static final class OwnMachine implements Play.Stage.Set {
    private static final String OWNER = "/var/lib/provisioning/owner.json";

    private final Mistake mistake;
    private final Machine machine = Machine.small();

    OwnMachine(Mistake mistake) {
      this.mistake = mistake;
    }

    @Override
    public String filledIn(String manifest) {
      return machine.filledIn(manifest);
    }

    @Override
    public void spoil() {
      machine.exec(mistake.spoil());
    }

    @Override
    public void isUntouched() {
      boolean known = !mistake.at(Mistake.Time.EXISTS).isEmpty();
      boolean spoilt = mistake.spoil().contains(OWNER);
      boolean entered = mistake.subjects().stream().anyMatch(s -> s.startsWith("TaskServ"));
      if (!known && !spoilt && !entered) {
        assertThat(machine.exec("test -e " + OWNER + " && echo owned || echo free").strip())
            .isEqualTo("free");
      }
    }

    @Override
    public void mend() {
      machine.exec(mistake.mend());
    }

    @Override
    public void close() {
      machine.close();
    }
  }
}
