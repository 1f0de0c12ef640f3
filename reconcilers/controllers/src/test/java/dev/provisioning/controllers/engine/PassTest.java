package dev.provisioning.controllers.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.controllers.engine.Kind.FinalizerRule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final OperationRunner runner = new OperationRunner(4, Clock.systemUTC());
  private final Toy.Store store = new Toy.Store(log);
  private final CountDownLatch ran = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void stop() {
    mayEnd.countDown();
    timer.shutdownNow();
  }

  @Test
  void the_status_is_written_before_the_effect_starts() throws Exception {
    pass().run(Toy.named("a"), store);

    assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(log).containsExactly("finalizer", "status", "effect");
  }

  @Test
  void a_conflicting_write_starts_nothing() {
    store.refuseWith = 409;

    Pass.Ending ending = pass().run(Toy.named("a"), store);

    assertThat(ending.result()).isEqualTo(EngineMetrics.Result.WAITING);
    assertThat(runner.running()).isZero();
    assertThat(log).isEmpty();
  }

  @Test
  void each_conflict_in_a_row_waits_longer_and_a_write_ends_the_row() {
    Pass<Toy, Toy.Input, Toy.Turn, Toy.Status> pass = pass();
    store.refuseWith = 409;
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waits.add(pass.run(Toy.named("a"), store).recheckAfter().orElseThrow().toMillis());
    }
    assertThat(waits).startsWith(50L, 100L, 200L).endsWith(10_000L, 10_000L);

    store.refuseWith = 0;
    pass.run(Toy.named("a"), store);
    store.refuseWith = 409;

    assertThat(pass.run(Toy.named("a"), store).recheckAfter().orElseThrow().toMillis())
        .isEqualTo(50);
  }

  @Test
  void an_unchanged_status_is_not_written() {
    Toy toy = Toy.named("a");
    toy.addFinalizer(StatusStore.FINALIZER);
    toy.setStatus(new Toy.Status(false, true));

    Pass.Ending ending = pass().run(toy, store);

    assertThat(ending.result()).isEqualTo(EngineMetrics.Result.UNCHANGED);
    assertThat(log).isEmpty();
  }

  @Test
  void an_action_that_runs_is_not_started_twice() throws Exception {
    Toy toy = Toy.named("a");
    pass().run(toy, store);
    assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();

    pass().run(toy, store);

    assertThat(runner.running()).isEqualTo(1);
    assertThat(log).containsOnlyOnce("effect");
  }

  @Test
  void an_outcome_is_dropped_once_a_status_that_saw_it_is_durable() throws Exception {
    Toy toy = Toy.named("a");
    mayEnd.countDown();
    pass().run(toy, store);
    ended();

    pass().run(toy, store);

    assertThat(toy.getStatus().done()).isTrue();
    assertThat(runner.ledger("uid-a").finished()).isEmpty();
  }

  @Test
  void an_outcome_survives_a_refused_write() throws Exception {
    Toy toy = Toy.named("a");
    mayEnd.countDown();
    pass().run(toy, store);
    ended();
    store.refuseWith = 409;

    pass().run(toy, store);

    assertThat(runner.ledger("uid-a").finished()).containsKey("turn");
  }

  private void ended() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (runner.ledger("uid-a").finished().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private Pass<Toy, Toy.Input, Toy.Turn, Toy.Status> pass() {
    return new Pass<>(
        new Kind<>(
            Toy.class,
            (toy, ledger, now) -> new Toy.Input(toy, ledger),
            Toy::plan,
            Toy::project,
            execution -> turn(),
            FinalizerRule.BEFORE_EFFECTS),
        new Pass.Shell<>(
            runner,
            new Waker<>(timer),
            new EventRecorder(null, Clock.systemUTC()),
            new EngineMetrics(new SimpleMeterRegistry(), runner),
            Clock.systemUTC()));
  }

  private Optional<Object> turn() {
    log.add("effect");
    ran.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
