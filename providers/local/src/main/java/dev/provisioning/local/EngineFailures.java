package dev.provisioning.local;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns what docker-java throws into {@link Failure}s; HTTP status codes decide, never texts. */
final class EngineFailures {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int MAX_TEXT = 300;

  private EngineFailures() {}

  static <T> T read(String what, Supplier<T> call) {
    return call(what, false, call);
  }

  /** Empty when the engine says that the thing does not exist. */
  static <T> Optional<T> find(String what, Supplier<T> call) {
    return read(
        what,
        () -> {
          try {
            return Optional.ofNullable(call.get());
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** "Not modified" (304) is success: the change already holds. */
  static void effect(String what, Runnable call) {
    call(
        what,
        true,
        () -> {
          try {
            call.run();
          } catch (NotModifiedException e) {
            return false;
          }
          return true;
        });
  }

  private static <T> T call(String what, boolean effect, Supplier<T> call) {
    try {
      return call.get();
    } catch (ProviderException e) {
      throw e;
    } catch (DockerException e) {
      throw new ProviderException(answered(what, effect, e), e);
    } catch (RuntimeException e) {
      // docker-java wraps every I/O error in a bare RuntimeException.
      throw new ProviderException(unanswered(what, effect, e), e);
    }
  }

  private static Failure answered(String what, boolean effect, DockerException e) {
    String text = what + ": the container engine says: " + text(e);
    return switch (e) {
      case BadRequestException bad -> new Failure.Invalid("EngineRefused", text);
      case NotFoundException absent -> new Failure.Conflict("MachineNotFound", text);
      case ConflictException conflict -> new Failure.Conflict("EngineConflict", text);
      default ->
          effect
              ? new Failure.OutcomeUnknown("EngineError", text)
              : new Failure.Transient("EngineError", text, RETRY);
    };
  }

  private static Failure unanswered(String what, boolean effect, RuntimeException e) {
    if (!effect || nothingSent(e)) {
      return new Failure.Transient(
          "EngineUnreachable", what + ": the container engine does not answer", RETRY);
    }
    return new Failure.OutcomeUnknown(
        "NoAnswer", what + ": the connection to the container engine broke");
  }

  private static boolean nothingSent(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
      if (cause instanceof SocketException && cause.getStackTrace().length > 0) {
        return cause.getStackTrace()[0].getMethodName().contains("connect");
      }
    }
    return false;
  }

  /** One bounded line: conditions are no place for a stack of runtime messages. */
  private static String text(DockerException e) {
    String line = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
  }
}
