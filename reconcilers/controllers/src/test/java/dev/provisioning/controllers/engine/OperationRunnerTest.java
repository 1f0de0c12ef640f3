package dev.provisioning.controllers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.planning.Ledger;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRunnerTest {
  private final OperationRunner runner = new OperationRunner(2, Clock.systemUTC());
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private void start() {
    runner.start(
        "uid",
        "release",
        progress -> {
          hold();
          return Optional.empty();
        },
        new OperationRunner.Listener(how -> ended.countDown(), () -> {}));
  }

  private void hold() {
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nothing_is_kept_of_a_resource_that_is_gone() {
    start();
    mayEnd.countDown();
    await().until(() -> runner.ledger("uid").outcome("release").isPresent());

    runner.forget("uid");

    assertThat(runner.resources()).isZero();
  }

  @Test
  void an_effect_that_outlives_its_resource_is_forgotten_at_its_end() {
    start();
    runner.forget("uid");
    assertThat(runner.running()).isEqualTo(1);

    mayEnd.countDown();

    await().until(() -> ended.getCount() == 0);
    assertThat(runner.resources()).isZero();
  }

  @Test
  void whoever_leaves_knows_whether_an_effect_is_still_under_way() {
    start();
    assertThat(runner.ended(Duration.ofMillis(60))).isFalse();

    mayEnd.countDown();

    assertThat(runner.ended(Duration.ofSeconds(30))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, ApiServerUnavailable", "503, ApiServerUnavailable", "422, ApiServerRefuses"})
  void an_api_server_that_does_not_answer_is_no_defect_of_ours(int code, String reason) {
    runner.start(
        "uid",
        "write",
        progress -> {
          throw new KubernetesClientException("timed out", code, null);
        },
        new OperationRunner.Listener(how -> ended.countDown(), () -> {}));

    await().until(() -> ended.getCount() == 0);
    assertThat(runner.ledger("uid").outcome("write"))
        .containsInstanceOf(Ledger.Failed.class)
        .map(outcome -> ((Ledger.Failed) outcome).failure().reason())
        .contains(reason);
  }
}
