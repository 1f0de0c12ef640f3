package dev.provisioning.controllers.taskserv;

import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport.Answer;
import dev.provisioning.spi.model.HostDrift;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * What machines say of the TaskServs on them: applied state, drift and health. Everything is
 * remembered, so that an unchanged machine costs one round trip in the life of this process, and
 * everything is forgotten when an operation starts or ends.
 */
final class MachineMemory {
  private final Readings<MachineRef, Optional<String>> applied;
  private final Readings<MachineRef, List<HostDrift>> drift;
  private final HealthProbes health;

  MachineMemory(ScheduledExecutorService timer, Clock clock) {
    this.applied = new Readings<>(timer, clock);
    this.drift = new Readings<>(timer, clock);
    this.health = new HealthProbes(timer, clock);
  }

  /** The way to the machine, and whom to wake when it says something new. */
  record Asker(Lines.Line line, Runnable changed) {}

  /** The applied-state record; only operations of ours change it. */
  Reading<Optional<String>> applied(MachineRef about, Asker asker) {
    Lines.Line line = asker.line();
    return applied.look(
        about,
        new Readings.Question<>(
            () -> line.shell().appliedState(line.target(), about.taskServ()),
            Readings.FOR_EVER,
            asker.changed()));
  }

  /** Compared again every {@code maxAge}. */
  Reading<List<HostDrift>> drift(MachineRef about, Duration maxAge, Asker asker) {
    Lines.Line line = asker.line();
    return drift.look(
        about,
        new Readings.Question<>(
            () -> line.shell().drift(line.target(), about.taskServ()), maxAge, asker.changed()));
  }

  /** Asks {@code checks} from now on; the answers so far. */
  List<Answer> health(MachineRef about, List<HealthCheck> checks, Asker asker) {
    if (checks.isEmpty()) {
      health.forget(about);
      return List.of();
    }
    return health.watch(about, new HealthProbes.Watch(asker.line(), checks, asker.changed()));
  }

  void forget(MachineRef about) {
    applied.drop(about);
    drift.drop(about);
    health.forget(about);
  }

  /** Forgets the machines that a TaskServ does not ask about any more. */
  void keepOnly(String taskServUid, Set<MachineRef> asked) {
    Predicate<MachineRef> kept =
        about -> !about.taskServUid().equals(taskServUid) || asked.contains(about);
    applied.keepOnly(kept);
    drift.keepOnly(kept);
    health.keepOnly(taskServUid, asked);
  }

  /** The TaskServ is gone. */
  void forgetAll(String taskServUid) {
    keepOnly(taskServUid, Set.of());
  }
}
