package dev.provisioning.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the container engine: the configured endpoint alone, else the first that answers of {@code
 * DOCKER_HOST}, Docker, Podman (system, then user), OrbStack, Colima.
 *
 * @param environment the process environment
 */
record EngineDiscovery(Optional<String> endpoint, Map<String, String> environment) {
  private static final Duration PING = Duration.ofSeconds(5);

  /** A machine that is stopped has twenty seconds, and engines of busy computers are slow. */
  private static final Duration ANSWER = Duration.ofMinutes(2);

  private static final int CONNECTIONS = 64;

  /**
   * @throws ProviderException {@code Denied(NoContainerRuntime)}
   */
  Engine find() {
    List<String> candidates = candidates();
    for (String candidate : candidates) {
      Optional<Engine> engine = answering(candidate);
      if (engine.isPresent()) {
        return engine.get();
      }
    }
    throw new ProviderException(
        new Failure.Denied(
            "NoContainerRuntime",
            "no container engine answers at "
                + String.join(", ", candidates)
                + "; start Docker or Podman, or set the provider's endpoint"));
  }

  List<String> candidates() {
    if (endpoint.isPresent()) {
      return List.of(endpoint.get());
    }
    List<String> found = new ArrayList<>();
    Optional.ofNullable(environment.get("DOCKER_HOST"))
        .filter(h -> !h.isBlank())
        .ifPresent(found::add);
    found.add("unix:///var/run/docker.sock");
    found.add("unix:///run/podman/podman.sock");
    Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .ifPresent(dir -> found.add("unix://" + dir + "/podman/podman.sock"));
    Optional.ofNullable(environment.get("HOME"))
        .ifPresent(
            home -> {
              found.add("unix://" + home + "/.orbstack/run/docker.sock");
              found.add("unix://" + home + "/.colima/default/docker.sock");
            });
    return found;
  }

  private static Optional<Engine> answering(String candidate) {
    URI uri = uri(candidate);
    boolean unix = "unix".equals(uri.getScheme());
    if (unix && !Files.exists(Path.of(uri.getPath()))) {
      return Optional.empty();
    }
    try (DockerClient probe = client(uri, PING)) {
      probe.pingCmd().exec();
    } catch (java.io.IOException | RuntimeException e) {
      // docker-java signals an engine that does not answer with bare RuntimeExceptions.
      System.getLogger(EngineDiscovery.class.getName())
          .log(System.Logger.Level.DEBUG, "no engine at " + candidate, e);
      return Optional.empty();
    }
    DockerClient client = client(uri, ANSWER);
    return Optional.of(
        new Engine(client, uri.toString(), unix && isLinux(), client.infoCmd().exec()));
  }

  /** On other systems the engine runs in a virtual machine with paths of its own. */
  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  private static URI uri(String candidate) {
    String text = candidate.replaceFirst("^unix:/+", "unix:///");
    try {
      URI uri = new URI(text.replaceFirst("^tcp:/+", "tcp://"));
      if (List.of("unix", "tcp").contains(String.valueOf(uri.getScheme()))) {
        return uri;
      }
    } catch (java.net.URISyntaxException e) {
      throw invalid(candidate, e);
    }
    throw invalid(candidate, null);
  }

  private static ProviderException invalid(String candidate, Exception cause) {
    return new ProviderException(
        new Failure.Invalid(
            "EndpointInvalid",
            "endpoint %s is neither unix:///path nor tcp://host:port".formatted(candidate)),
        cause);
  }

  private static DockerClient client(URI uri, Duration timeout) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(uri.toString())
            .build();
    var http =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(uri)
            .maxConnections(CONNECTIONS)
            .connectionTimeout(PING)
            .build();
    return DockerClientImpl.getInstance(config, new PatientHttpClient(http, timeout));
  }
}
