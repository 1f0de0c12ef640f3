package dev.provisioning.operator.clients;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.existing.ExistingProvider;
import dev.provisioning.existing.TargetResolver;
import dev.provisioning.local.LocalConfig;
import dev.provisioning.local.LocalProvider;
import dev.provisioning.operator.OperatorConfig;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedProvider;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.RemoteShell;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the adapter of one provider entry. */
public final class Machinery {
  private final OperatorConfig.Providers config;
  private final RemoteShell shell;
  private final String operatorId;
  private final Clock clock;

  /** A simulated cloud lives as long as the operator, whatever happens to its entry's settings. */
  private final Map<String, SimulatedCloud> clouds = new ConcurrentHashMap<>();

  public Machinery(
      OperatorConfig.Providers config, RemoteShell shell, String operatorId, Clock clock) {
    this.config = config;
    this.shell = shell;
    this.operatorId = operatorId;
    this.clock = clock;
  }

  /** {@code place} names the entry among all; empty: this release has no adapter of that type. */
  Optional<Client> client(String place, Provider entry, TargetResolver targets) {
    return switch (entry.type()) {
      case local -> Optional.of(Client.of(local(entry), true));
      case existing ->
          Optional.of(Client.of(new ExistingProvider(shell, targets, operatorId, clock), true));
      case simulated -> Optional.of(Client.of(simulated(place, entry), false));
      case aws, upcloud, hetzner -> Optional.empty();
    };
  }

  private LocalProvider local(Provider entry) {
    OperatorConfig.Providers.Local local = config.local();
    LocalConfig settings =
        LocalConfig.defaults()
            .withImages(local.images())
            .withProfile(local.nested() ? LocalConfig.Profile.NESTED : LocalConfig.Profile.PLAIN);
    Optional<String> endpoint = Optional.ofNullable(entry.endpoint()).or(local::endpoint);
    return new LocalProvider(
        endpoint.map(settings::withEndpoint).orElse(settings), operatorId, System.getenv(), clock);
  }

  private SimulatedProvider simulated(String place, Provider entry) {
    SimulatedCloud cloud =
        clouds.computeIfAbsent(
            place, any -> new SimulatedCloud(clock, SimulatedSettings.instant()));
    Map<String, String> wanted = entry.settings();
    cloud.configure(
        settings ->
            settings.withLags(
                duration(wanted.get("bootLag"), config.simulated().bootLag()),
                duration(wanted.get("visibilityLag"), config.simulated().visibilityLag())));
    return new SimulatedProvider(cloud, operatorId);
  }

  private static Duration duration(String text, Duration absent) {
    return DurationText.parse(text, absent);
  }
}
