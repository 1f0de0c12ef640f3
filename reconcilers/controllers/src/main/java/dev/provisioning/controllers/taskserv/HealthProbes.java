package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport.Answer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Asks the services of all machines how they are, at the pace of their checks, with one round trip
 * per machine however many checks are due. A pass reads the last answers and never waits.
 */
final class HealthProbes {
  private final Map<String, MachineProbe> probes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final Clock clock;

  HealthProbes(ScheduledExecutorService timer, Clock clock) {
    this.timer = timer;
    this.clock = clock;
  }

  /** What to ask on whose behalf; {@code changed} is told when an answer becomes another one. */
  record Watch(Lines.Line line, List<HealthCheck> checks, Runnable changed) {
    Watch {
      checks = List.copyOf(checks);
    }
  }

  /** Watches from now on, instead of what was watched before; the answers so far, if any. */
  List<Answer> watch(MachineRef about, Watch watch) {
    MachineProbe[] probe = new MachineProbe[1];
    // Inside compute: a probe that ends at this moment must not take the new watch with it.
    probes.compute(
        about.machine(),
        (machine, old) -> {
          MachineProbe current = old == null ? new MachineProbe(timer, clock) : old;
          current.watch(about, watch);
          probe[0] = current;
          return current;
        });
    return probe[0].answers(about);
  }

  /** Stops asking: an operation starts, or the service is gone from the machine. */
  void forget(MachineRef about) {
    probes.computeIfPresent(
        about.machine(), (machine, probe) -> probe.forget(about) ? null : probe);
  }

  /** Stops asking about the other machines of a TaskServ. */
  void keepOnly(String taskServUid, Set<MachineRef> asked) {
    for (String machine : probes.keySet()) {
      probes.computeIfPresent(
          machine, (name, probe) -> probe.keepOnly(taskServUid, asked) ? null : probe);
    }
  }

  /** Machines that are being watched. */
  int machines() {
    return probes.size();
  }
}
