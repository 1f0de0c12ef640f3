package dev.provisioning.controllers.server;

import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.ListQuery;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.Page;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each provider entry what machines it has, and wakes the Servers whose machines are not what
 * they were: one question an entry, whatever the number of its Servers (P21). It wakes and does
 * nothing else; what is so is for the pass to read.
 */
final class MachinePoller {
  static final Duration INTERVAL = Duration.ofSeconds(30);

  /** Asked for again at every look at one of its Servers. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(30);

  private static final Duration FRESH = INTERVAL.multipliedBy(3);
  private static final Logger LOG = LoggerFactory.getLogger(MachinePoller.class);

  private final Providers providers;
  private final Wake wake;
  private final Clock clock;
  private final Map<Entry, Sight> sights = new ConcurrentHashMap<>();

  MachinePoller(Providers providers, Wake wake, Clock clock) {
    this.providers = providers;
    this.wake = wake;
    this.clock = clock;
  }

  /** A pass of this Server, within {@code delay}. */
  @FunctionalInterface
  interface Wake {
    void within(ResourceID server, Duration delay);
  }

  /** A provider entry of a Workspace. */
  record Entry(String namespace, String workspace, String provider) {}

  /**
   * Whether a listing of just now shows a machine of this Server, so that a change of it will wake
   * the Server. From now on the entry is asked.
   */
  boolean watches(Entry entry, String uid) {
    return sights.computeIfAbsent(entry, e -> new Sight()).shows(uid, clock.instant(), FRESH);
  }

  /** Asks every entry; none waits for another, and one that does not answer is not asked again. */
  void round() {
    sights.values().removeIf(sight -> sight.forgotten(clock.instant(), FORGOTTEN));
    sights.forEach(
        (entry, sight) -> {
          if (sight.begin()) {
            Thread.ofVirtual().name("machines of " + entry.provider()).start(() -> ask(entry));
          }
        });
  }

  /** Returns when all who are concerned will be woken. */
  void ask(Entry entry) {
    Sight sight = sights.get(entry);
    try {
      compare(entry, sight);
    } finally {
      sight.end();
    }
  }

  private void compare(Entry entry, Sight sight) {
    Optional<List<Machine>> machines = listed(entry);
    if (machines.isPresent()) {
      sight
          .changed(machines.get(), clock.instant())
          .forEach(server -> wake.within(server, Duration.ZERO));
    } else {
      // Its Servers look for themselves again, and say what is wrong: not all at once.
      sight.lost().forEach(server -> wake.within(server, INTERVAL));
    }
  }

  private Optional<List<Machine>> listed(Entry entry) {
    try {
      return switch (providers.access(entry.namespace(), entry.workspace(), entry.provider())) {
        case Providers.Access.Closed closed -> Optional.empty();
        case Providers.Access.Open open -> Optional.of(pages(open.machines(), entry));
      };
    } catch (ProviderException e) {
      LOG.info("the machines of {} could not be listed: {}", entry, e.getMessage());
      return Optional.empty();
    }
  }

  private static List<Machine> pages(MachineProvider provider, Entry entry) {
    List<Machine> machines = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = provider.list(new ListQuery.All(cursor));
      page.machines().stream().filter(machine -> of(entry, machine)).forEach(machines::add);
      cursor = page.next();
    } while (cursor.isPresent());
    return machines;
  }

  /** Entries of several Workspaces may be of one account, which lists the machines of them all. */
  private static boolean of(Entry entry, Machine machine) {
    return machine
        .owner()
        .filter(owner -> owner.namespace().equals(entry.namespace()))
        .filter(owner -> owner.workspace().equals(entry.workspace()))
        .isPresent();
  }
}
