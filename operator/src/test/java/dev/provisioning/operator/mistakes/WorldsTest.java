package dev.provisioning.operator.mistakes;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that only the operator can see, with machines in memory. */
@Tag("apiserver")
@Isolated("its operator works in all namespaces")
class WorldsTest {
  private static Play play;

  static List<Mistake> worlds() {
    return Mistakes.of("worlds");
  }

  @BeforeAll
  static void start() {
    play = Play.apart("worlds", worlds(), (mistake, namespace) -> new InMemory());
  }

  @AfterAll
  static void stop() {
    if (play != null) {
      play.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("worlds")
  void isToldAndConvergesWhenCorrected(Mistake mistake) {
    play.end(mistake);
  }

  /** Nothing to set: the provider is simulated. */
  private record InMemory() implements Play.Stage.Set {
    @Override
    public String filledIn(String manifest) {
      return manifest;
    }

    @Override
    public void spoil() {
      // There is no machine to be spoilt.
    }

    @Override
    public void isUntouched() {
      // What was made is in the ledger of the cloud, which is asked for every table.
    }

    @Override
    public void mend() {
      // Whoever corrects the documents has corrected all.
    }

    @Override
    public void close() {
      // The machines end with the operator.
    }
  }
}
