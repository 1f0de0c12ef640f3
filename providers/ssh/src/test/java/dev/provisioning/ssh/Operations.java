package dev.provisioning.ssh;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.testkit.ssh.BundleDraft;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What tests run on machines. */
final class Operations {
  private Operations() {}

  static RemoteOperation of(Bundle bundle) {
    var id = OperationId.of(UUID.randomUUID().toString(), 0, "test");
    return new RemoteOperation(id, 1, bundle, Map.of(), Map.of(), false, Optional.empty());
  }

  /** A step of some seconds that leaves a line in /root/{@code mine}, and a second one. */
  static Bundle slow(String mine, int seconds) {
    return new BundleDraft(mine)
        .run(
            "slow",
            "echo x >>/root/%s; sleep %d; touch /root/%s.done".formatted(mine, seconds, mine),
            BundleDraft.unless("test -e /root/" + mine + ".done"))
        .run("last", "echo y >>/root/" + mine)
        .build();
  }

  static Failure failureOf(Runnable call) {
    return catchThrowableOfType(ProviderException.class, call::run).failure();
  }
}
