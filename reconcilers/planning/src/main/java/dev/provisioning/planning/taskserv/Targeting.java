package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which Servers a TaskServ means. */
final class Targeting {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private Targeting() {}

  /**
   * Sorted by name. A Server on its way out is still meant when it is named (its deletion waits for
   * that), and no longer when only its labels match.
   */
  static List<ServerFacts> of(TaskServSpec spec, World world) {
    return world.servers().stream()
        .filter(server -> means(spec, server))
        .sorted(Comparator.comparing(ServerFacts::name))
        .toList();
  }

  static boolean means(TaskServSpec spec, ServerFacts server) {
    if (spec.servers() == null) {
      return false;
    }
    return spec.servers().names().contains(server.name())
        || (!server.deleting() && selects(spec, server));
  }

  private static boolean selects(TaskServSpec spec, ServerFacts server) {
    if (spec.servers().selector() == null) {
      return false;
    }
    Map<String, String> wanted = spec.servers().selector().matchLabels();
    return !wanted.isEmpty() && server.labels().entrySet().containsAll(wanted.entrySet());
  }

  /**
   * @throws Refused when a named Server does not exist or nothing is selected
   */
  static List<ServerFacts> existing(TaskServSpec spec, World world) {
    List<String> missing = new ArrayList<>();
    if (spec.servers() != null) {
      spec.servers().names().stream()
          .filter(name -> world.server(name).isEmpty())
          .forEach(missing::add);
    }
    if (!missing.isEmpty()) {
      throw waiting(
          "ServerNotFound",
          "spec.servers.names: there is no Server %s in this namespace; it has %s"
              .formatted(String.join(", ", missing), names(world)));
    }
    List<ServerFacts> found = of(spec, world);
    if (found.isEmpty()) {
      throw waiting("ServerNotFound", "spec.servers selects no Server; there are " + names(world));
    }
    return found;
  }

  private static String names(World world) {
    String all =
        world.servers().stream()
            .map(ServerFacts::name)
            .sorted()
            .limit(10)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  private static Refused waiting(String reason, String message) {
    return new Refused(new Failure.Waiting(reason, message, RECHECK));
  }
}
