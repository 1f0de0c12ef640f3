package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** P1, P2, P11: one key makes one machine, and it is ours from its first moment. */
interface CreationRules extends ProviderRules {
  Duration VERB_LIMIT = Duration.ofSeconds(30);

  @Test
  default void p01_oneKeyMakesOneMachineWhenCreateIsCalledTwice() {
    MachineRequest request = request("p01a");
    MachineId first = provider().create(request).id();
    world().settle();
    assertThat(provider().create(request).id()).isEqualTo(first);
    assertOneMachine(request);
  }

  @Test
  default void p01_oneKeyMakesOneMachineWhenCreateIsCalledConcurrently() throws Exception {
    assumeTrue(capabilities().createOnce(), "P1 concurrently: this provider has no create token");
    MachineRequest request = request("p01b");
    Set<MachineId> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<MachineId>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(() -> provider().create(request).id());
      }
      for (Future<MachineId> call : threads.invokeAll(calls)) {
        ids.add(call.get());
      }
    }
    assertThat(ids).hasSize(1);
    world().settle();
    assertOneMachine(request);
  }

  @Test
  default void p01_oneKeyMakesOneMachineAcrossARestart() {
    MachineRequest request = request("p01c");
    MachineId first = provider().create(request).id();
    world().settle();
    assertThat(restarted().create(request).id()).isEqualTo(first);
    assertOneMachine(request);
  }

  @Test
  default void p02_ownerAndKeyStandFromTheFirstMoment() {
    MachineRequest request = request("p02");
    MachineId id = provider().create(request).id();
    world().settle();
    Machine machine = restarted().read(id).orElseThrow();
    assertThat(machine.owner()).contains(request.owner());
    assertThat(machine.key()).contains(request.key());
    assertThat(machine.state()).isIn(MachineState.PENDING, MachineState.RUNNING);
  }

  @Test
  default void p11_noVerbWaitsForItsResult() {
    MachineRequest request = request("p11");
    long start = System.nanoTime();
    Accepted accepted = provider().create(request);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(VERB_LIMIT);
    assertThat(accepted.pollAfter()).isGreaterThanOrEqualTo(Duration.ZERO);
  }
}
