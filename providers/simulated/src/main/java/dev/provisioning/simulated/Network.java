package dev.provisioning.simulated;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The way to the cloud: counts calls and makes some of them fail. Not thread-safe. */
final class Network {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Map<Operation, Long> calls = new EnumMap<>(Operation.class);
  private Optional<Failure> outage = Optional.empty();

  void breakDown(Failure failure) {
    outage = Optional.of(failure);
  }

  void recover() {
    outage = Optional.empty();
  }

  Optional<Failure> outage() {
    return outage;
  }

  void requireUp() {
    if (outage.isPresent()) {
      throw new ProviderException(outage.get());
    }
  }

  long calls(Operation operation) {
    return calls.getOrDefault(operation, 0L);
  }

  /** Runs the call with the fault of its turn. */
  <T> T carry(Operation operation, Faults faults, Supplier<T> body) {
    long count = calls.merge(operation, 1L, Long::sum) - 1;
    return switch (faults.next(operation, count)) {
      case NONE -> body.get();
      case BEFORE_SEND -> throw retry("ConnectionRefused", "nothing was sent");
      case THROTTLED -> throw retry("Throttled", "the rate limit is reached");
      case LOST_REQUEST -> throw noAnswer(operation);
      case LOST_REPLY -> {
        if (operation.effect()) {
          body.get();
        }
        throw noAnswer(operation);
      }
    };
  }

  private static ProviderException retry(String reason, String message) {
    return new ProviderException(new Failure.Transient(reason, message, RETRY));
  }

  private static ProviderException noAnswer(Operation operation) {
    String message = operation.name().toLowerCase(Locale.ROOT) + " got no answer";
    return operation.effect()
        ? new ProviderException(new Failure.OutcomeUnknown("NoAnswer", message))
        : retry("NoAnswer", message);
  }
}
