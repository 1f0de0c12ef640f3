package dev.provisioning.operator;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an operator one of whose watches has gone deaf: whoever is started in its place reads all
 * anew, and no crash costs more than time.
 */
final class Hearing {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  private final Supplier<Optional<Class<?>>> deaf;
  private final Runnable end;

  /**
   * @param deaf a kind that is not heard of any more; called by {@link #look} alone
   * @param end may be asked for again while it is under way
   */
  Hearing(Supplier<Optional<Class<?>>> deaf, Runnable end) {
    this.deaf = deaf;
    this.end = end;
  }

  /** About once a minute. */
  void look() {
    deaf.get()
        .ifPresent(
            kind -> {
              LOG.error(
                  "a watch of kind {} tells nothing any more though things change: this operator ends,"
                      + " and its successor reads all anew",
                  kind.getSimpleName());
              end.run();
            });
  }
}
