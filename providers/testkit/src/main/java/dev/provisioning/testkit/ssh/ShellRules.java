package dev.provisioning.testkit.ssh;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A shell to one machine, and the words in which the rules speak of both. */
interface ShellRules {
  Duration SHORT = Duration.ofSeconds(20);

  RemoteShell shell();

  ShellTarget target();

  /** A name that no other test uses on this machine. */
  String mine();

  default OperationId newId() {
    return OperationId.of(UUID.randomUUID().toString(), 0, "test");
  }

  default RemoteOperation operation(OperationId id, Bundle bundle) {
    return operation(id, bundle, Map.of());
  }

  default RemoteOperation operation(
      OperationId id, Bundle bundle, Map<String, SecretValue> secrets) {
    return new RemoteOperation(id, 1, bundle, secrets, Map.of(), false, Optional.empty());
  }

  default OperationReport perform(RemoteOperation operation) {
    shell().start(target(), operation);
    return shell().await(target(), operation.id(), _ -> {});
  }

  default OperationReport perform(BundleDraft draft) {
    return perform(operation(newId(), draft.build()));
  }

  default String onMachine(String script) {
    return shell().read(target(), RemoteCommand.asRoot(script, SHORT)).stdout().strip();
  }

  default BundleDraft draft() {
    return new BundleDraft(mine());
  }

  default Failure failureOf(Runnable call) {
    try {
      call.run();
    } catch (ProviderException e) {
      return e.failure();
    }
    throw new AssertionError("no failure");
  }
}
