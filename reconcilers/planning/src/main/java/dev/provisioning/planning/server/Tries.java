package dev.provisioning.planning.server;

import dev.provisioning.api.FailedAction;
import dev.provisioning.api.Intent;
import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Failures;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.server.ServerView.Absence;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which create is the next one. A try is named by uid, incarnation, fallback and request: the same
 * try always has the same key, and another request never reuses one. While a try's outcome is
 * unknown no other one begins.
 */
final class Tries {
  /** Key under which the wait after a failed launch is kept among the failures. */
  static final String LAUNCH = "launch";

  /** The key is known with other bytes: it will never make our machine. */
  private static final String MISMATCH = "IdempotentParameterMismatch";

  private static final Duration AFTER_LAUNCH = Duration.ofSeconds(60);

  /** Five refused logins close a machine's door for a minute: knock slowly. */
  private static final Duration BETWEEN_LOGINS = Duration.ofSeconds(4);

  /** The provider looked at the request and made nothing. */
  private static final Set<String> NOTHING_MADE =
      Set.of(ServerReasons.CAPACITY_UNAVAILABLE, "QuotaExceeded");

  private Tries() {}

  /** A create, resolved. */
  record Try(int incarnation, ResolvedMachine resolved, IdempotencyKey key) {
    boolean sameAs(ServerView view) {
      return view.intent().map(Intent::key).filter(key.value()::equals).isPresent();
    }
  }

  static Optional<Try> next(ServerInput input, ServerView view) {
    return answer(input, view).known();
  }

  static Answer<Try> answer(ServerInput input, ServerView view) {
    EffectiveServer server = input.effective().known().orElseThrow();
    boolean another = anotherIncarnation(view);
    int incarnation = view.incarnation() + (another ? 1 : 0);
    ResolvedMachine before = another ? null : view.carried().resolved();
    int fallback = fallback(input, view, server, before);
    if (before != null && view.createUnresolved() && fallback == ordinal(before)) {
      Try same = attempt(input, server, incarnation, before);
      if (same.sameAs(view) || view.absence() == Absence.DOUBTFUL) {
        return Answer.of(same);
      }
    }
    return switch (resolved(input, server, fallback)) {
      case Answer.Unknown<ResolvedMachine>(Failure why) -> Answer.unknown(why);
      case Answer.Known<ResolvedMachine>(ResolvedMachine resolved) ->
          Answer.of(attempt(input, server, incarnation, resolved));
    };
  }

  static Answer<ResolvedMachine> resolved(ServerInput input, EffectiveServer server, int fallback) {
    return new MachineChoice(server, input.provider().known().orElseThrow(), input.ref().uid())
        .resolve(fallback);
  }

  /** The provider's id of the wished image; empty where there is no choice of images. */
  static Optional<String> image(ServerInput input, EffectiveServer server) {
    return resolved(input, server, 0).known().map(ResolvedMachine::imageId);
  }

  private static int fallback(
      ServerInput input, ServerView view, EffectiveServer server, ResolvedMachine before) {
    if (before == null) {
      return 0;
    }
    int count = 1 + server.size().fallbacks().size();
    boolean soldOut = input.ledger().outcome(key(view)).filter(Tries::capacity).isPresent();
    return (ordinal(before) + (soldOut ? 1 : 0)) % count;
  }

  /** Whether this outcome makes the next fallback due at once. */
  static boolean nextFallback(ServerInput input, String key) {
    ResolvedMachine resolved = input.status().resolved();
    int last = input.effective().known().map(s -> s.size().fallbacks().size()).orElse(0);
    return key.startsWith(ServerAction.CreateMachine.PREFIX)
        && input.ledger().outcome(key).filter(Tries::capacity).isPresent()
        && ordinal(resolved) < last;
  }

  private static boolean capacity(Ledger.Outcome outcome) {
    return outcome instanceof Ledger.Failed(var at, Failure failure)
        && failure.reason().equals(ServerReasons.CAPACITY_UNAVAILABLE);
  }

  /**
   * Whether this failure proves that the create, and every try of its key before, made nothing; or
   * that a machine was not given to us.
   */
  static boolean nothingMade(String key, Failure failure) {
    if (key.startsWith(ServerAction.AdoptMachine.PREFIX)) {
      return refused(failure);
    }
    boolean judged =
        switch (failure) {
          case Failure.Invalid f -> true;
          case Failure.Permanent f -> true;
          case Failure.Waiting f -> NOTHING_MADE.contains(f.reason());
          case Failure.Denied f -> false;
          case Failure.Transient f -> false;
          case Failure.Conflict f -> claims(key);
          case Failure.OutcomeUnknown f -> false;
          case Failure.Bug f -> false;
        };
    return judged && (claims(key) || key.startsWith(ServerAction.CreateMachine.PREFIX));
  }

  /** What belongs to another was not taken over. */
  private static boolean claims(String key) {
    return key.startsWith(ServerAction.AdoptMachine.PREFIX);
  }

  private static boolean refused(Failure failure) {
    return switch (failure) {
      case Failure.Invalid f -> true;
      case Failure.Denied f -> true;
      case Failure.Conflict f -> true;
      case Failure.Permanent f -> true;
      case Failure.Waiting f -> false;
      case Failure.Transient f -> false;
      case Failure.OutcomeUnknown f -> false;
      case Failure.Bug f -> false;
    };
  }

  static Duration retryAfter(ServerInput input, String key, Failure failure) {
    if (Folded.login(key)) {
      return BETWEEN_LOGINS;
    }
    boolean soldOut = failure.reason().equals(ServerReasons.CAPACITY_UNAVAILABLE);
    return soldOut ? AFTER_LAUNCH : Duration.ZERO;
  }

  /** Keeps since when a machine is missed, and paces launches that fail. */
  static Failures looks(ServerInput input, Folded folded, Absence absence) {
    Failures failures = folded.failures();
    Failures.Moment now = new Failures.Moment(input.now(), input.ref().uid());
    boolean unsettled = input.machines().known().isEmpty();
    if (absence == Absence.NONE) {
      return unsettled ? failures : failures.without(ServerView.LOOK).without(LAUNCH);
    }
    if (absence == Absence.DOUBTFUL && failures.of(ServerView.LOOK).isEmpty()) {
      Failure notSeen =
          new Failure.Waiting(
              ServerReasons.MACHINE_NOT_SEEN, "the machine is not seen", ServerView.LOOKS_APART);
      return failures.with(ServerView.LOOK, notSeen, now, Duration.ZERO);
    }
    ServerStatus status = folded.status();
    boolean neverRan = !ServerView.ranBefore(status);
    if (absence == Absence.CERTAIN && status.machine() != null && neverRan) {
      String message = "machine %s ended before it ever ran".formatted(status.machine().id());
      boolean known = failures.of(LAUNCH).filter(f -> message.equals(f.message())).isPresent();
      Failure failed = new Failure.Permanent(ServerReasons.LAUNCH_FAILED, message);
      return known ? failures : failures.with(LAUNCH, failed, now, AFTER_LAUNCH);
    }
    return failures;
  }

  private static boolean anotherIncarnation(ServerView view) {
    boolean lost = view.absence() == Absence.CERTAIN;
    Optional<FailedAction> failed = view.failures().of(key(view));
    boolean launchFailed =
        failed.filter(f -> ServerReasons.LAUNCH_FAILED.equals(f.reason())).isPresent();
    boolean hopeless = lost && view.createUnresolved() && mismatched(view);
    return launchFailed || hopeless || lost && view.recorded().isPresent();
  }

  static boolean mismatched(ServerView view) {
    return view.failures().of(key(view)).filter(f -> MISMATCH.equals(f.reason())).isPresent();
  }

  private static String key(ServerView view) {
    return ServerAction.CreateMachine.PREFIX + view.incarnation();
  }

  private static int ordinal(ResolvedMachine resolved) {
    return resolved == null || resolved.fallback() == null ? 0 : resolved.fallback();
  }

  private static Try attempt(
      ServerInput input, EffectiveServer server, int incarnation, ResolvedMachine resolved) {
    String request =
        String.join(
            "|",
            server.hostname(),
            String.valueOf(resolved.plan()),
            String.valueOf(resolved.zone()),
            String.valueOf(resolved.imageId()),
            server.storage().toString(),
            server.network().toString(),
            new TreeMap<>(server.tags()).toString());
    String action = "create#%d %s".formatted(ordinal(resolved), request);
    return new Try(
        incarnation, resolved, IdempotencyKey.of(input.ref().uid(), incarnation, action));
  }
}
