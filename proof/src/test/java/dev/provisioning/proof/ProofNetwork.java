package dev.provisioning.proof;

import dev.provisioning.testkit.Programs;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A network on which a machine has the same address before and after a restart. */
final class ProofNetwork {
  private static final int CHOICES = 256;
  private static final long PID = ProcessHandle.current().pid();
  private static final String NAME = "catalogue-proof-" + PID;
  private static final int FIRST = 10;
  private static final ProofNetwork SHARED = new ProofNetwork();

  private final String prefix;
  private final AtomicInteger last = new AtomicInteger(FIRST);

  private ProofNetwork() {
    this.prefix =
        IntStream.range(0, CHOICES)
            .mapToObj(choice -> "172.31.%d.".formatted((PID + choice) % CHOICES))
            .filter(ProofNetwork::create)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no subnet of 172.31.0.0/16 is free"));
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Programs.attempt("docker", "network", "rm", NAME)));
  }

  /** Addresses can be chosen only in a subnet that was. */
  private static boolean create(String prefix) {
    return Programs.attempt("docker", "network", "create", "--subnet", prefix + "0/24", NAME).code()
        == 0;
  }

  static String name() {
    return NAME;
  }

  /** An address that no other machine of this process has. */
  static String address() {
    return SHARED.prefix + SHARED.last.incrementAndGet();
  }
}
