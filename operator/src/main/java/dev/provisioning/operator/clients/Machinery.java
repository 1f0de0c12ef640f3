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
import dev.provisioning.simulated.remote.RemoteCloud;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes the adapter of one provider entry. */
public final class Machinery {
  private final OperatorConfig.Providers config;
  private final World world;
  private final Clock clock;

  public Machinery(OperatorConfig.Providers config, World world, Clock clock) {
    this.config = config;
    this.world = world;
    this.clock = clock;
  }

  /** What adapters share. */
  public record World(RemoteShell shell, String operatorId, SimulatedClouds clouds) {}

  /**
   * Before a client is made.
   *
   * @throws ProviderException {@code Invalid}: settings that are none, an endpoint that is not safe
   */
  void check(Provider entry, String workspace) {
    ProviderSettings.check(entry, workspace);
    new Endpoints(config.allowInsecureEndpoints()).check(entry, workspace);
  }

  /** {@code place} names the entry among all; empty: this release has no adapter of that type. */
  Optional<Client> client(String place, Provider entry, TargetResolver targets) {
    return switch (entry.type()) {
      case local -> Optional.of(Client.of(local(entry), true));
      case existing ->
          Optional.of(
              Client.of(
                  new ExistingProvider(world.shell(), targets, world.operatorId(), clock), true));
      case simulated ->
          Optional.of(
              entry.endpoint() == null
                  ? Client.of(simulated(place, entry), false)
                  : Client.of(RemoteCloud.at(entry.endpoint(), world.operatorId()), false));
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
        endpoint.map(settings::withEndpoint).orElse(settings),
        world.operatorId(),
        System.getenv(),
        clock);
  }

  private SimulatedProvider simulated(String place, Provider entry) {
    SimulatedCloud cloud = world.clouds().at(place);
    Map<String, String> wanted = entry.settings();
    cloud.configure(
        settings ->
            settings.withLags(
                duration(wanted.get("bootLag"), config.simulated().bootLag()),
                duration(wanted.get("visibilityLag"), config.simulated().visibilityLag())));
    return new SimulatedProvider(cloud, world.operatorId());
  }

  private static Duration duration(String text, Duration absent) {
    return DurationText.parse(text, absent);
  }
}
