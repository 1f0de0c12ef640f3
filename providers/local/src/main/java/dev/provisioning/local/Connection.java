package dev.provisioning.local;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The engine of this computer, looked for at each call until one is found, and what it grants.
 * Thread-safe.
 */
final class Connection implements AutoCloseable {
  private final EngineDiscovery discovery;
  private final InstantSource clock;
  private Optional<Engine> engine = Optional.empty();
  private Optional<Grants> grants = Optional.empty();

  Connection(EngineDiscovery discovery, InstantSource clock) {
    this.discovery = discovery;
    this.clock = clock;
  }

  synchronized Engine engine() {
    if (engine.isEmpty()) {
      engine = Optional.of(discovery.find());
    }
    return engine.get();
  }

  /** The engine's; this computer's while none answers, for capabilities never fail. */
  synchronized String architecture() {
    return engine
        .map(Engine::architecture)
        .orElse(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
  }

  /** Probed once, with a container of this image. */
  synchronized Grants grants(String image) {
    if (grants.isEmpty()) {
      grants = Optional.of(Grants.probe(engine(), image, clock.instant()));
    }
    return grants.get();
  }

  @Override
  public synchronized void close() {
    if (engine.isEmpty()) {
      return;
    }
    try {
      engine.get().client().close();
    } catch (IOException e) {
      System.getLogger(LocalProvider.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the engine's connections", e);
    }
    engine = Optional.empty();
  }
}
