package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProbesTest {
  private static final MachineRef REDIS = new MachineRef("ts-1", "redis", "machine-1", 1);
  private static final MachineRef NGINX = new MachineRef("ts-2", "nginx", "machine-1", 1);

  private final FakeShell shell = new FakeShell();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HealthProbes probes = new HealthProbes(timer, Clock.systemUTC());
  private final AtomicInteger changes = new AtomicInteger();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void checks_of_several_services_on_one_machine_share_a_round_trip() {
    probes.watch(REDIS, watch(check("ping", 1)));
    probes.watch(NGINX, watch(check("page", 1)));

    await().until(() -> shell.healthCalls.stream().anyMatch(call -> call.size() == 2));
  }

  @Test
  void an_answer_that_stays_the_same_tells_nobody() {
    probes.watch(REDIS, watch(check("ping", 1)));
    await().until(() -> shell.healthCalls.size() > 4);

    assertThat(changes).hasValue(1);
    assertThat(answers(REDIS)).containsExactly(new Answer("redis", "ping", true, ""));
  }

  @Test
  void a_check_is_unhealthy_only_after_its_retries() {
    probes.watch(REDIS, watch(check("ping", 3)));
    await().until(() -> !answers(REDIS).isEmpty());
    int before = shell.healthCalls.size();
    shell.healthy.put("ping", false);

    await().until(() -> !answers(REDIS).getFirst().ok());

    assertThat(shell.healthCalls.size()).isGreaterThanOrEqualTo(before + 3);
    assertThat(answers(REDIS).getFirst().message()).isEqualTo("connection refused");
  }

  @Test
  void a_machine_that_cannot_be_asked_is_not_healthy_and_says_why() {
    shell.broken =
        Optional.of(
            new Failure.Transient("HostUnreachable", "no route to host", Duration.ofSeconds(1)));
    probes.watch(REDIS, watch(check("ping", 2)));

    await().until(() -> !answers(REDIS).isEmpty());

    assertThat(answers(REDIS).getFirst().message()).isEqualTo("no route to host");
  }

  @Test
  void a_service_that_is_forgotten_is_asked_no_more() {
    probes.watch(REDIS, watch(check("ping", 1)));
    await().until(() -> !shell.healthCalls.isEmpty());

    probes.forget(REDIS);

    assertThat(probes.machines()).isZero();
  }

  private List<Answer> answers(MachineRef about) {
    return probes.watch(about, watch(check("ping", about == REDIS ? retries : 1)));
  }

  private int retries = 1;

  private HealthProbes.Watch watch(HealthCheck check) {
    retries = check.retries();
    return new HealthProbes.Watch(
        new Lines.Line(shell, FakeShell.target("machine-1")),
        List.of(check),
        changes::incrementAndGet);
  }

  private static HealthCheck check(String name, int retries) {
    return new HealthCheck(name, "true", Duration.ofMillis(20), Duration.ofSeconds(1), retries);
  }
}
