package dev.provisioning.bench.cluster;

import dev.provisioning.api.server.Server;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The API server, and what the benchmarks put into it. */
final class World implements AutoCloseable {
  private static final int WRITERS = 16;
  static final String NAMESPACE = "bench";

  private final KubernetesClient client;

  World(Path kubeconfig) throws IOException {
    var config = Config.fromKubeconfig(Files.readString(kubeconfig));
    this.client = new KubernetesClientBuilder().withConfig(config).build();
  }

  void install(Path crds) throws IOException {
    try (var files = Files.walk(crds)) {
      for (var file : files.filter(World::isManifest).toList()) {
        apply(Files.readString(file));
      }
    }
    for (var name : List.of("provisioning-system", NAMESPACE)) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .serverSideApply();
    }
  }

  private static boolean isManifest(Path file) {
    return file.toString().endsWith(".yaml") && !file.toString().contains("/target/");
  }

  void apply(String yaml) {
    var bytes = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    client.load(bytes).items().forEach(item -> client.resource(item).serverSideApply());
  }

  ApiCalls calls() {
    return ApiCalls.parse(client.raw("/metrics"));
  }

  KubernetesClient client() {
    return client;
  }

  static String name(int i) {
    return "server-%05d".formatted(i);
  }

  void createServers(int count) throws InterruptedException {
    each(
        count,
        i ->
            apply(
                """
                apiVersion: provisioning.dev/v1alpha1
                kind: Server
                metadata: {name: %s, namespace: %s}
                spec: {workspace: bench, provider: simulated, resources: {cores: 1, memoryGb: 1}}
                """
                    .formatted(name(i), NAMESPACE)));
  }

  /** For each number below {@code count}, several at a time; the first failure is thrown. */
  static void each(int count, Consumer<Integer> work) throws InterruptedException {
    List<Callable<Object>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      all.add(
          () -> {
            work.accept(number);
            return number;
          });
    }
    try (var threads = Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
      for (var result : threads.invokeAll(all)) {
        if (result.state() == java.util.concurrent.Future.State.FAILED) {
          throw new IllegalStateException(result.exceptionNow());
        }
      }
    }
  }

  /** Counts Servers of which {@code is} holds, from the changes the API server tells. */
  final class Gallery implements AutoCloseable, Watcher<Server> {
    private final Predicate<Server> is;
    private final ConcurrentHashMap<String, Boolean> seen = new ConcurrentHashMap<>();
    private final AutoCloseable watch;

    /** Of all Servers. */
    Gallery(Predicate<Server> is) {
      this.is = is;
      this.watch = client.resources(Server.class).inNamespace(NAMESPACE).watch(this);
    }

    /** Of one: a watch of all begins with all of them, and they would be in its way. */
    Gallery(String name, Predicate<Server> is) {
      this.is = is;
      this.watch = client.resources(Server.class).inNamespace(NAMESPACE).withName(name).watch(this);
    }

    @Override
    public void eventReceived(Action action, Server server) {
      if (is.test(server)) {
        seen.put(server.getMetadata().getName(), true);
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      System.err.println("the watch broke: " + cause.getMessage());
    }

    /** Waits until {@code count} of them are so. */
    void await(int count, int seconds) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (seen.size() < count) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              seen.size() + " of " + count + " Servers within " + seconds + " s");
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        watch.close();
      } catch (Exception e) {
        throw new IOException("closing the watch", e);
      }
    }
  }

  static boolean isReady(Server server) {
    var status = server.getStatus();
    return status != null
        && server.getMetadata().getGeneration().equals(status.observedGeneration())
        && status.conditions().stream()
            .anyMatch(c -> c.type().equals("Ready") && c.status().name().equalsIgnoreCase("True"));
  }

  void deleteServers() throws InterruptedException {
    var servers = client.resources(Server.class).inNamespace(NAMESPACE);
    servers.delete();
    while (!servers.list().getItems().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
