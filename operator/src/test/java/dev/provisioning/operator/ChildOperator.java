package dev.provisioning.operator;

import dev.provisioning.operator.clients.SimulatedClouds;
import dev.provisioning.simulated.LedgerEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * An operator in a process of its own, so that it can be stopped and killed. Arguments: namespace,
 * the place of its simulated cloud, and its name. When it lost its lease it tells every effect it
 * ever had, and how many it was kept from, and ends with {@link #DEPOSED}.
 */
final class ChildOperator {
  static final int DEPOSED = 3;
  static final String EFFECT = "effect at ";
  static final String REJECTED = "rejected ";

  private ChildOperator() {}

  public static void main(String[] words) throws InterruptedException {
    CountDownLatch lost = new CountDownLatch(1);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    SimulatedClouds clouds = new SimulatedClouds(Clock.systemUTC());
    Outside outside =
        new Outside(
            ApiServer.connect(ChartAccount.login(RunningOperator.kube(), words[0]), meters),
            clouds,
            meters,
            Clock.systemUTC(),
            lost::countDown);
    Composition composition = composed(words, outside);
    java.lang.Runtime.getRuntime().addShutdownHook(new Thread(composition::close));
    lost.await();
    for (LedgerEntry entry : clouds.at(words[1]).ledger()) {
      System.out.println(EFFECT + entry.at());
    }
    System.out.println(
        REJECTED + meters.get("provisioning_stale_epoch_rejections").counter().count());
    java.lang.Runtime.getRuntime().halt(DEPOSED);
  }

  /** A computer that is busy with tests may let the first questions wait for too long. */
  private static Composition composed(String[] words, Outside outside) {
    for (int left = 5; ; left--) {
      try {
        return new Composition(RunningOperator.config(words[0], settings(words[2])), outside);
      } catch (Refusal e) {
        System.out.println(e.getMessage());
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  static Map<String, String> settings(String identity) {
    return Map.of("provisioning.leader-election.identity", identity);
  }
}
