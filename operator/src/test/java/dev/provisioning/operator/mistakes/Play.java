package dev.provisioning.operator.mistakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.DurationText;
import dev.provisioning.operator.ApiServer;
import dev.provisioning.operator.ChartAccount;
import dev.provisioning.operator.Composition;
import dev.provisioning.operator.OperatorConfig;
import dev.provisioning.operator.Outside;
import dev.provisioning.operator.clients.SimulatedClouds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** All mistakes of a table at once before one operator: most of the time is waiting. */
final class Play implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final long MINUTES = 8;

  /** More would only make each other slow. */
  private static final int AT_ONCE = 6;

  /** Of all plays: namespaces keep them apart. */
  private static final SimulatedClouds CLOUDS = new SimulatedClouds(Clock.systemUTC());

  private static final Duration SETTLED = Duration.ofSeconds(25);

  private final TestCluster cluster;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<String, CompletableFuture<Void>> scenes = new HashMap<>();
  private final ChartAccount account;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ApiServer api;
  private final Composition operator;

  private Play(List<String> namespaces) {
    cluster = new TestCluster(namespaces);
    cluster.awaitAlone();
    account = new ChartAccount(cluster.client(), namespaces.getFirst());
    account.allowEverywhere();
    api = ApiServer.connect(ChartAccount.login(TestCluster.config(), account.namespace()), meters);
    operator = operator(namespaces);
  }

  /** Each in a namespace of its own. */
  static Play apart(String table, List<Mistake> mistakes, Stage stage) {
    String prefix = prefix(table) + "-";
    Play play = new Play(IntStream.range(0, mistakes.size()).mapToObj(i -> prefix + i).toList());
    for (int i = 0; i < mistakes.size(); i++) {
      play.begin(mistakes.get(i), prefix + i, stage);
    }
    return play;
  }

  /** All in one namespace, where what {@code manifest} says is there first. */
  static Play together(String table, List<Mistake> mistakes, Stage stage, String manifest) {
    String namespace = prefix(table);
    Play play = new Play(List.of(namespace));
    new World(play.cluster.client(), namespace, null, text -> text).prepare(manifest);
    mistakes.forEach(mistake -> play.begin(mistake, namespace, stage));
    return play;
  }

  private static String prefix(String table) {
    return table + "-" + Long.toString(System.nanoTime(), 36);
  }

  private void begin(Mistake mistake, String namespace, Stage stage) {
    scenes.put(
        mistake.file(), CompletableFuture.runAsync(() -> play(mistake, namespace, stage), threads));
  }

  /** What a mistake is played on: nothing at all, or machines. */
  interface Stage {
    /** Ready for this one mistake; fills in what documents leave open. */
    Set set(Mistake mistake, String namespace);

    /** The stage set for one mistake. */
    interface Set extends AutoCloseable {
      String filledIn(String manifest);

      /** Does to the machine what the mistake's script says. */
      void spoil();

      /** Fails if anything was left half-done. */
      void isUntouched();

      /** Takes back what the mistake's script did. */
      void mend();

      @Override
      void close();
    }
  }

  private void play(Mistake mistake, String namespace, Stage stage) {
    try (Stage.Set set = stage.set(mistake, namespace)) {
      World world = new World(cluster.client(), namespace, mistake, set::filledIn);
      world.err(set::spoil);
      List<String> read = listen(mistake, world);
      assertThat(read).isEqualTo(Mistakes.expected(mistake, read));
      new Leavings(cluster.client(), namespace, mistake, set::filledIn).requireNone(CLOUDS);
      set.isUntouched();
      set.mend();
      world.correct();
    }
  }

  private static List<String> listen(Mistake mistake, World world) {
    Listener listener = new Listener(world);
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> Mistakes.WRITE ? listener.settled() : listener.hears().equals(mistake.says()));
    } catch (ConditionTimeoutException e) {
      // What is read is shown beside what was expected.
      return listener.last;
    }
    return listener.last;
  }

  /** What is to be written down is what is still said some time later. */
  private static final class Listener {
    private final World world;
    private List<String> last = List.of();
    private long since = System.nanoTime();

    Listener(World world) {
      this.world = world;
    }

    List<String> hears() {
      List<String> now = world.read();
      if (!now.equals(last)) {
        last = now;
        since = System.nanoTime();
      }
      return last;
    }

    boolean settled() {
      hears();
      return System.nanoTime() - since > SETTLED.toNanos();
    }
  }

  /** Fails as the scene of this mistake failed. */
  void end(Mistake mistake) {
    scenes.get(mistake.file()).orTimeout(MINUTES, TimeUnit.MINUTES).join();
  }

  /** Of all namespaces: a watch for each of so many would be the slowest part of it all. */
  private Composition operator(List<String> namespaces) {
    OperatorConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(OperatorConfig.class)
            .withConverter(Duration.class, 200, DurationText::parse)
            .withDefaultValues(
                Map.of(
                    "provisioning.operator-namespace",
                    namespaces.getFirst(),
                    "provisioning.leader-election.enabled",
                    "false"))
            .build()
            .getConfigMapping(OperatorConfig.class);
    Outside outside = new Outside(api, CLOUDS, meters, Clock.systemUTC(), () -> {});
    return new Composition(config, outside);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    operator.close();
    // Events that are still on their way would meet an account without rights.
    api.close();
    cluster.forgetAll();
    account.forget();
    cluster.close();
    assertThat(ChartAccount.refusals(meters))
        .as("requests that the chart's rights do not allow")
        .isEmpty();
  }
}
