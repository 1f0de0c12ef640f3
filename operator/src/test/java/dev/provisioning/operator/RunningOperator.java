package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.DurationText;
import dev.provisioning.operator.clients.SimulatedClouds;
import dev.provisioning.simulated.SimulatedCloud;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The composition of the product, in one namespace of the API server under test, where it may do
 * what the chart lets it and nothing else.
 */
@SuppressWarnings("deprecation") // The registry is the one that Quarkus brings.
class RunningOperator implements AutoCloseable {
  static final String KUBECONFIG = "PROVISIONING_TEST_KUBECONFIG";
  private static final int REQUEST_MILLIS = 60_000;
  static final Map<String, String> ALONE = Map.of("provisioning.leader-election.enabled", "false");

  final KubernetesClient client;
  final String namespace;
  final SimulatedClouds clouds;
  final AtomicBoolean lost = new AtomicBoolean();
  private final Map<String, String> settings;
  private final List<MeterRegistry> lives = new ArrayList<>();
  private PrometheusMeterRegistry meters;
  private ApiServer api;
  private Composition composition;

  /** {@code settings} beside the namespaces; operators in one world share their {@code clouds}. */
  RunningOperator(String namespace, Map<String, String> settings, SimulatedClouds clouds) {
    this.namespace = namespace;
    this.settings = settings;
    this.clouds = clouds;
    this.client = new KubernetesClientBuilder().withConfig(kube()).build();
  }

  /** Started, in a namespace that may be there already. */
  static RunningOperator start(
      String namespace, Map<String, String> settings, SimulatedClouds clouds) {
    RunningOperator operator = new RunningOperator(namespace, settings, clouds);
    prepare(operator.client, namespace);
    operator.start();
    return operator;
  }

  /** The cluster knows our kinds and has this namespace, with an operator's rights, afterwards. */
  static void prepare(KubernetesClient client, String namespace) {
    installKinds(client);
    new ChartAccount(client, namespace).allowAtHome();
  }

  /** Takes back what {@link #prepare} gave. */
  static void leave(KubernetesClient client, String namespace) {
    client.namespaces().withName(namespace).delete();
    new ChartAccount(client, namespace).forget();
  }

  /** Patient: beside other tests an API server may take its time. */
  static Config kube() {
    Config kube = Config.fromKubeconfig(new File(System.getenv(KUBECONFIG)));
    kube.setRequestTimeout(REQUEST_MILLIS);
    return kube;
  }

  void start() {
    meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    lives.add(meters);
    api = ApiServer.connect(ChartAccount.login(kube(), namespace), meters);
    composition =
        new Composition(
            config(namespace, settings),
            new Outside(api, clouds, meters, Clock.systemUTC(), () -> lost.set(true)));
  }

  static OperatorConfig config(String namespace, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("provisioning.namespaces", namespace);
    all.put("provisioning.operator-namespace", namespace);
    return new SmallRyeConfigBuilder()
        .withMapping(OperatorConfig.class)
        .withConverter(Duration.class, 200, DurationText::parse)
        .withDefaultValues(all)
        .build()
        .getConfigMapping(OperatorConfig.class);
  }

  /** Null: there is none in the namespace. */
  <T extends HasMetadata> T get(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name).get();
  }

  /** Those of the namespace. */
  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return client.resources(kind).inNamespace(namespace).list().getItems();
  }

  /** As a person would: again when the operator wrote in between. */
  <T extends HasMetadata> void edit(Class<T> kind, String name, UnaryOperator<T> change) {
    await()
        .atMost(TestServers.PATIENCE)
        .ignoreExceptionsMatching(RunningOperator::isConflict)
        .untilAsserted(
            () -> client.resources(kind).inNamespace(namespace).withName(name).edit(change));
  }

  private static boolean isConflict(Throwable e) {
    return e instanceof KubernetesClientException failed
        && failed.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  MeterRegistry meters() {
    return meters;
  }

  /** What Prometheus would read now; without the comma that may stand after the last label. */
  String scrape() {
    return meters.scrape().replace(",}", "}");
  }

  Composition composition() {
    return composition;
  }

  /** The machines behind a provider entry of a Workspace, as they really are. */
  SimulatedCloud cloud(String workspace, String entry) {
    return clouds.at(namespace + "/" + workspace + "/" + entry);
  }

  /** Ends it; what it left in the cluster is all that a successor has. */
  void stop() {
    composition.close();
    api.close();
  }

  /** It writes nothing any more, whatever it was doing; machines under way may still be made. */
  void kill() {
    api.close();
    Composition dead = composition;
    Thread.ofVirtual().start(dead::close);
  }

  @Override
  public void close() {
    stop();
    leave(client, namespace);
    client.close();
    assertThat(lives)
        .as("requests that the chart's rights do not allow")
        .flatMap(ChartAccount::refusals)
        .isEmpty();
  }

  private static void installKinds(KubernetesClient client) {
    try (Stream<Path> files = Files.list(Path.of("../crds"))) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .forEach(file -> client.load(open(file)).forceConflicts().serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static java.io.InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
