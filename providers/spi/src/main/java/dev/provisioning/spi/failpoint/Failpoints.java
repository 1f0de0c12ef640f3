package dev.provisioning.spi.failpoint;

import java.util.function.Supplier;

/**
 * Carries out effects between two failpoints: {@code <name>/before}, when nothing was sent yet, and
 * {@code <name>/after}, when the effect happened and this process has told nobody. Architecture
 * tests hold that no effect happens outside.
 *
 * <p>Without the property {@code dev.provisioning.failpoints} this is a call of the effect and
 * nothing else: {@link #SCRIPT} is a constant of which the compiler makes nothing.
 */
public final class Failpoints {
  /** A system property and no setting of the operator: nobody sets it by mistake. */
  public static final String PROPERTY = "dev.provisioning.failpoints";

  private static final Script SCRIPT = Script.of(System.getProperty(PROPERTY));

  private Failpoints() {}

  /**
   * @param name of the effect, stable: {@code provider.create}, {@code status.Server}
   */
  public static <T> T around(String name, Supplier<T> effect) {
    if (SCRIPT == null) {
      return effect.get();
    }
    SCRIPT.reached(name + "/before");
    T result = effect.get();
    SCRIPT.reached(name + "/after");
    return result;
  }

  /** The same for an effect without an answer. */
  public static void around(String name, Runnable effect) {
    around(
        name,
        () -> {
          effect.run();
          return null;
        });
  }
}
