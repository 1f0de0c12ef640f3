package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HealthReport.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one probe of one machine: asks together whatever is due, then sleeps until the next is. */
final class MachineProbe {
  private static final Logger LOG = LoggerFactory.getLogger(MachineProbe.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** Checks due within this time go along, so that equal intervals stay one round trip. */
  private static final Duration TOGETHER = Duration.ofMillis(500);

  /** Reasons of a machine that does not answer; one that answers wrongly is not silent. */
  private static final Set<String> SILENCE =
      Set.of("HostUnreachable", "CircuitOpen", "ConnectionLost", "CommandTimeout");

  private final Map<MachineRef, Watched> watches = new LinkedHashMap<>();
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private boolean asking;
  private long wave;

  MachineProbe(ScheduledExecutorService timer, Clock clock) {
    this.timer = timer;
    this.clock = clock;
  }

  private record Watched(HealthProbes.Watch watch, Map<String, CheckState> states) {}

  private record Due(MachineRef about, HealthCheck check) {}

  synchronized void watch(MachineRef about, HealthProbes.Watch watch) {
    watches.keySet().removeIf(ref -> isPredecessor(ref, about));
    Watched old = watches.get(about);
    if (old != null && old.watch().checks().equals(watch.checks())) {
      watches.put(about, new Watched(watch, old.states()));
      return;
    }
    Map<String, CheckState> states = new LinkedHashMap<>();
    watch.checks().forEach(check -> states.put(check.name(), new CheckState(check)));
    watches.put(about, new Watched(watch, states));
    plan();
  }

  private static boolean isPredecessor(MachineRef ref, MachineRef about) {
    return ref.taskServUid().equals(about.taskServUid())
        && ref.incarnation() != about.incarnation();
  }

  /** True when nothing is left to ask. */
  synchronized boolean forget(MachineRef about) {
    watches.remove(about);
    return watches.isEmpty();
  }

  synchronized boolean keepOnly(String taskServUid, Set<MachineRef> asked) {
    watches
        .keySet()
        .removeIf(about -> about.taskServUid().equals(taskServUid) && !asked.contains(about));
    return watches.isEmpty();
  }

  /** Only checks that were answered. */
  synchronized List<Answer> answers(MachineRef about) {
    Watched watched = watches.get(about);
    return watched == null
        ? List.of()
        : watched.states().values().stream().flatMap(state -> state.answer().stream()).toList();
  }

  /** The newest plan wins; a timer of an older one finds itself outdated and does nothing. */
  private synchronized void plan() {
    if (asking || watches.isEmpty() || timer.isShutdown()) {
      return;
    }
    Instant now = clock.instant();
    Duration pause =
        watches.values().stream()
            .flatMap(watched -> watched.states().values().stream())
            .map(state -> Duration.between(now, state.due()))
            .min(Duration::compareTo)
            .orElse(SHORTEST_PAUSE);
    long mine = ++wave;
    timer.schedule(
        () -> Thread.ofVirtual().name("health").start(() -> turn(mine)),
        Math.max(0, pause.toMillis()),
        TimeUnit.MILLISECONDS);
  }

  private void turn(long mine) {
    List<Due> due;
    Lines.Line line;
    synchronized (this) {
      if (mine != wave || asking || watches.isEmpty()) {
        return;
      }
      asking = true;
      due = due(clock.instant().plus(TOGETHER));
      line = watches.values().iterator().next().watch().line();
    }
    Set<Runnable> changed = new LinkedHashSet<>();
    try {
      Map<Due, Answer> answers = due.isEmpty() ? Map.of() : ask(line, due);
      changed.addAll(take(answers));
    } catch (RuntimeException e) {
      LOG.error("a health probe failed because of a defect of ours", e);
    } finally {
      synchronized (this) {
        asking = false;
      }
      plan();
    }
    changed.forEach(Runnable::run);
  }

  private List<Due> due(Instant until) {
    List<Due> due = new ArrayList<>();
    watches.forEach(
        (about, watched) ->
            watched.states().values().stream()
                .filter(state -> !state.due().isAfter(until))
                .forEach(state -> due.add(new Due(about, state.check()))));
    return due;
  }

  private Map<Due, Answer> ask(Lines.Line line, List<Due> due) {
    Map<String, List<HealthCheck>> checks = new LinkedHashMap<>();
    due.forEach(
        one ->
            checks
                .computeIfAbsent(one.about().taskServ(), n -> new ArrayList<>())
                .add(one.check()));
    HealthReport report;
    try {
      report = line.shell().health(line.target(), checks);
    } catch (ProviderException e) {
      Map<Due, Answer> none = new HashMap<>();
      due.forEach(one -> none.put(one, silence(one, e.failure())));
      return none;
    }
    Map<Due, Answer> answers = new HashMap<>();
    due.forEach(one -> answers.put(one, unanswered(one)));
    for (Answer answer : report.answers()) {
      due.stream()
          .filter(one -> one.about().taskServ().equals(answer.taskServ()))
          .filter(one -> one.check().name().equals(answer.check()))
          .forEach(one -> answers.put(one, answer));
    }
    return answers;
  }

  private static Answer silence(Due due, Failure why) {
    return new Answer(
        due.about().taskServ(),
        due.check().name(),
        false,
        why.message(),
        SILENCE.contains(why.reason()));
  }

  private static Answer unanswered(Due due) {
    return new Answer(
        due.about().taskServ(), due.check().name(), false, "the machine did not answer this check");
  }

  /** Takes the answers to checks that are still watched; returns whom to tell. */
  private synchronized Set<Runnable> take(Map<Due, Answer> answers) {
    Instant now = clock.instant();
    Set<Runnable> changed = new LinkedHashSet<>();
    answers.forEach(
        (one, answer) -> {
          Watched watched = watches.get(one.about());
          CheckState state = watched == null ? null : watched.states().get(one.check().name());
          if (state != null && state.check().equals(one.check()) && state.take(answer, now)) {
            changed.add(watched.watch().changed());
          }
        });
    return changed;
  }
}
