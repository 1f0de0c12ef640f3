package dev.provisioning.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator and lives until it is told to stop. */
@QuarkusMain
public final class OperatorMain implements QuarkusApplication {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private static final int FAILED = 1;

  private final AtomicBoolean lost = new AtomicBoolean();
  private final Starter starter;

  public OperatorMain(Starter starter) {
    this.starter = starter;
  }

  public static void main(String... args) {
    ThreadRoom.claim();
    Quarkus.run(OperatorMain.class, args);
  }

  /**
   * 0 after an orderly stop, 1 when the operator refuses to start or lost its lease. What was
   * started is stopped by {@link Starter} within Quarkus' own shutdown, which the JVM waits for: on
   * SIGTERM it does not wait for this thread.
   */
  @Override
  public int run(String... args) {
    try {
      starter.start(this::lost);
    } catch (Refusal e) {
      LOG.error(e.getMessage());
      return FAILED;
    }
    Quarkus.waitForExit();
    return lost.get() ? FAILED : 0;
  }

  /** Another operator leads, or may: this process is of no use any more. */
  private void lost() {
    lost.set(true);
    Quarkus.asyncExit(FAILED);
  }
}
