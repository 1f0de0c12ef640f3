package dev.provisioning.controllers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.controllers.engine.Kind.FinalizerRule;
import dev.provisioning.planning.Ledger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an operator ends its term: deposed without notice, or by its own will. */
class LeavingTest {
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final OperationRunner runner = new OperationRunner(1, Clock.systemUTC(), leads::get);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Toy.Store store = new Toy.Store(log);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void stop() {
    mayEnd.countDown();
    timer.shutdownNow();
  }

  @Test
  void a_deposed_leader_writes_nothing_and_starts_nothing() {
    leads.set(false);

    Pass.Ending ending = pass().run(Toy.named("a"), store);

    assertThat(ending.result()).isEqualTo(EngineMetrics.Result.WAITING);
    assertThat(log).isEmpty();
    assertThat(rejected()).isEqualTo(1);
  }

  @Test
  void a_leader_deposed_while_it_looked_does_not_write_what_it_saw() {
    Pass<Toy, Toy.Input, Toy.Turn, Toy.Status> pass =
        pass(
            (toy, ledger, now) -> {
              leads.set(false);
              return new Toy.Input(toy, ledger);
            });

    pass.run(Toy.named("a"), store);

    assertThat(log).isEmpty();
    assertThat(rejected()).isEqualTo(1);
  }

  @Test
  void an_effect_whose_turn_comes_after_the_lease_was_lost_is_not_carried_out() {
    pass().run(Toy.named("a"), store);
    await().until(() -> log.contains("effect"));
    pass().run(Toy.named("b"), store);
    log.clear();
    leads.set(false);

    mayEnd.countDown();

    await().until(() -> runner.running() == 0);
    assertThat(log).isEmpty();
    assertThat(runner.ledger("uid-b").outcome("turn"))
        .get()
        .isInstanceOfSatisfying(
            Ledger.Failed.class, f -> assertThat(f.failure().reason()).isEqualTo("NotLeading"));
  }

  @Test
  void an_operator_that_ends_waits_until_the_outcome_of_what_it_did_is_told() {
    Toy toy = Toy.named("a");
    pass().run(toy, store);
    await().until(() -> log.contains("effect"));
    Thread draining = Thread.ofVirtual().start(() -> runner.drain(Duration.ofSeconds(20)));
    await().until(() -> !runner.starts());

    mayEnd.countDown();
    await().until(() -> runner.running() == 0);
    assertThat(draining.isAlive()).isTrue();
    pass().run(toy, store);

    await().until(() -> !draining.isAlive());
    assertThat(toy.getStatus().done()).isTrue();
  }

  @Test
  void an_operator_that_ends_neither_intends_nor_starts_anything_new() {
    runner.drain(Duration.ZERO);

    pass().run(Toy.named("a"), store);

    assertThat(log).doesNotContain("finalizer", "effect");
    assertThat(runner.running()).isZero();
  }

  private double rejected() {
    return meters.get("provisioning_stale_epoch_rejections").counter().count();
  }

  private Pass<Toy, Toy.Input, Toy.Turn, Toy.Status> pass() {
    return pass((toy, ledger, now) -> new Toy.Input(toy, ledger));
  }

  private Pass<Toy, Toy.Input, Toy.Turn, Toy.Status> pass(Observer<Toy, Toy.Input> observer) {
    return new Pass<>(
        new Kind<>(
            Toy.class,
            observer,
            Toy::plan,
            Toy::project,
            execution -> turn(),
            FinalizerRule.BEFORE_EFFECTS),
        new Pass.Shell<>(
            runner,
            new Waker<>(timer),
            new EventRecorder(null, Clock.systemUTC()),
            new EngineMetrics(meters, runner),
            Clock.systemUTC()));
  }

  private Optional<Object> turn() {
    log.add("effect");
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
