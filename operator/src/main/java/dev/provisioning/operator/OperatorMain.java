package dev.provisioning.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator and lives until it is told to stop. */
@QuarkusMain
public final class OperatorMain implements QuarkusApplication {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private final Starter starter;

  public OperatorMain(Starter starter) {
    this.starter = starter;
  }

  public static void main(String... args) {
    ThreadRoom.claim();
    Quarkus.run(OperatorMain.class, args);
  }

  /** 0 after an orderly stop, 1 when the operator refuses to start or lost its lease. */
  @Override
  public int run(String... args) {
    try {
      starter.start();
    } catch (Refusal e) {
      LOG.error(e.getMessage());
      starter.stop();
      return 1;
    }
    Quarkus.waitForExit();
    starter.stop();
    return starter.deposed() ? 1 : 0;
  }
}
