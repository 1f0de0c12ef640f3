package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private static final MachineRef REDIS = new MachineRef("ts-1", "redis", "machine-1", 1);
  private static final Duration DAY = Duration.ofDays(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final Readings<MachineRef, String> readings =
      new Readings<>(timer, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void what_is_old_is_asked_again_without_a_pass_and_only_news_wakes() {
    AtomicInteger answers = new AtomicInteger();
    readings.look(
        REDIS,
        new Readings.Question<>(
            () -> answers.incrementAndGet() < 3 ? "same" : "other",
            Duration.ofMillis(20),
            told::incrementAndGet));

    await().untilAtomic(answers, org.hamcrest.Matchers.greaterThanOrEqualTo(5));
    assertThat(told).hasValue(2);
    readings.drop(REDIS);
    int last = answers.get();
    await().during(Duration.ofMillis(200)).until(() -> answers.get() <= last + 1);
  }

  @Test
  void a_pass_never_waits_and_the_answer_wakes_the_resource() {
    assertThat(look(() -> "a")).isEqualTo(new Reading.Pending<>());

    await().untilAtomic(told, org.hamcrest.Matchers.is(1));
    assertThat(look(() -> "b")).isEqualTo(new Reading.Known<>("a"));
  }

  @Test
  void an_answer_is_asked_for_once() {
    look(() -> "a");
    await().untilAtomic(told, org.hamcrest.Matchers.is(1));
    look(() -> "a");
    look(() -> "a");

    assertThat(asked).hasValue(1);
  }

  @Test
  void what_was_read_before_an_operation_is_not_believed_after_it() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    look(
        () -> {
          hold(mayAnswer);
          return "old";
        });
    readings.drop(REDIS);
    look(() -> "new");
    await().untilAtomic(told, org.hamcrest.Matchers.is(1));
    mayAnswer.countDown();

    await().untilAtomic(asked, org.hamcrest.Matchers.is(2));
    assertThat(look(() -> "newer")).isEqualTo(new Reading.Known<>("new"));
  }

  @Test
  void a_machine_that_cannot_be_read_is_left_alone_for_a_while() {
    Failure failure = new Failure.Transient("HostUnreachable", "no route", Duration.ofSeconds(1));
    Supplier<String> unreachable =
        () -> {
          throw new ProviderException(failure);
        };
    look(unreachable);
    await().untilAtomic(told, org.hamcrest.Matchers.is(1));

    assertThat(look(unreachable)).isEqualTo(new Reading.Unreadable<>(failure));
    assertThat(asked).hasValue(1);
  }

  private Reading<String> look(Supplier<String> ask) {
    return readings.look(
        REDIS,
        new Readings.Question<>(
            () -> {
              asked.incrementAndGet();
              return ask.get();
            },
            DAY,
            told::incrementAndGet));
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
