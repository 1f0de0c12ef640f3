package dev.provisioning.controllers.workspace;

import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.planning.workspace.WorkspaceInput.ProviderFact;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Probe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest answer of each provider. A question takes as long as the provider likes, so it runs
 * beside the reconciler, which sees the last answer and is woken by the next.
 */
final class ProbeBoard {
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);
  private static final Duration BAD_FOR = Duration.ofSeconds(25);

  private final Clock clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();

  ProbeBoard(Clock clock) {
    this.clock = clock;
  }

  /** {@code client} tells whether the answer is of the client in use now. */
  private record Answer(MachineProvider client, Probe probe, List<String> can, Instant at) {
    boolean fresh(MachineProvider now, Instant time) {
      return client == now && at.plus(probe.ready() ? GOOD_FOR : BAD_FOR).isAfter(time);
    }
  }

  /** {@code place} names the entry among all; {@code changed} is called after a new answer. */
  ProviderFact fact(String place, String name, Providers.Access access, Runnable changed) {
    return switch (access) {
      case Providers.Access.Closed closed ->
          new ProviderFact(name, Optional.of(Probe.failed(closed.why())), List.of());
      case Providers.Access.Open open -> latest(place, name, open, changed);
    };
  }

  private ProviderFact latest(
      String place, String name, Providers.Access.Open open, Runnable changed) {
    Answer answer = answers.get(place);
    MachineProvider client = open.machines();
    if (answer == null || !answer.fresh(client, clock.instant())) {
      ask(place, client, changed);
    }
    return answer == null || answer.client() != client
        ? new ProviderFact(name, Optional.empty(), List.of())
        : new ProviderFact(name, Optional.of(answer.probe()), answer.can());
  }

  private void ask(String place, MachineProvider client, Runnable changed) {
    if (asking.add(place)) {
      Thread.ofVirtual()
          .name("probe-" + place)
          .start(
              () -> {
                try {
                  Answer next = question(client);
                  Answer before = answers.put(place, next);
                  if (before == null
                      || before.client() != client
                      || !before.probe().equals(next.probe())) {
                    changed.run();
                  }
                } finally {
                  asking.remove(place);
                }
              });
    }
  }

  private Answer question(MachineProvider client) {
    try {
      Probe probe = client.probe();
      List<String> can = probe.ready() ? words(client.capabilities()) : List.of();
      return new Answer(client, probe, can, clock.instant());
    } catch (ProviderException e) {
      return new Answer(client, Probe.failed(e.failure()), List.of(), clock.instant());
    }
  }

  private static List<String> words(Capabilities can) {
    List<String> words = new ArrayList<>();
    add(words, can.power(), "power");
    add(words, can.resize() != Capabilities.ResizeMode.NONE, "resize");
    add(words, can.volumes(), "volumes");
    add(words, can.firewall(), "firewall");
    add(words, can.encryption(), "encryption");
    add(words, can.keepStorage(), "keepStorage");
    add(words, can.console(), "console");
    add(words, can.ipv6(), "ipv6");
    can.architectures().stream().sorted().forEach(words::add);
    return List.copyOf(words);
  }

  private static void add(List<String> words, boolean holds, String word) {
    if (holds) {
      words.add(word);
    }
  }
}
