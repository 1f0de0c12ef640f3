package dev.provisioning.ssh;

import dev.provisioning.spi.model.ShellTarget;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One circuit per machine. Only what says that a machine cannot be reached counts as a failure; a
 * refused key or a changed host key comes from a machine that answers.
 */
final class CircuitBreakers {
  private final SshSettings settings;
  private final CircuitBreakerConfig config;
  private final Map<String, CircuitBreaker> byMachine = new ConcurrentHashMap<>();

  CircuitBreakers(SshSettings settings) {
    this.settings = settings;
    this.config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(settings.breakerFailures())
            .minimumNumberOfCalls(settings.breakerFailures())
            .failureRateThreshold(100)
            .waitDurationInOpenState(settings.breakerOpen())
            .permittedNumberOfCallsInHalfOpenState(1)
            .clock(settings.clock())
            .build();
  }

  /** Throws {@code CircuitOpen}; else exactly one of the three answers below must follow. */
  void ask(ShellTarget target) {
    if (!of(target).tryAcquirePermission()) {
      throw SshFailures.circuitOpen(target, settings.breakerFailures(), settings.breakerOpen());
    }
  }

  void reached(ShellTarget target) {
    of(target).onSuccess(0, TimeUnit.NANOSECONDS);
  }

  void unreachable(ShellTarget target, Throwable cause) {
    of(target).onError(0, TimeUnit.NANOSECONDS, cause);
  }

  void undecided(ShellTarget target) {
    of(target).releasePermission();
  }

  void forget(String machine) {
    byMachine.remove(machine);
  }

  private CircuitBreaker of(ShellTarget target) {
    return byMachine.computeIfAbsent(target.machine(), name -> CircuitBreaker.of(name, config));
  }
}
