package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.OperationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be done for a TaskServ. */
public sealed interface TaskServAction extends Action {
  /** Reason of a failure: nothing was started, since the Workspace has no free place. */
  String OPERATIONS_LIMITED = "OperationsLimited";

  /** For contents. */
  ObjectMapper JSON = JsonMapper.builder().build();

  /** One operation runs per machine and TaskServ, so its Server names it. */
  static String operationKey(String server) {
    return "op/" + server;
  }

  /**
   * Start an operation on a machine and follow it to its end. Its result is the final {@code
   * OperationReport}, also of a failed or lost operation; it fails only when the machine cannot be
   * talked to.
   *
   * @param secrets by their names on the machine
   */
  record RunOperation(
      String server,
      OperationKind kind,
      OperationId operationId,
      Bundle bundle,
      Map<String, SecretUse> secrets,
      List<Export> exports,
      boolean parallelSafe,
      Optional<Duration> timeout,
      String description,
      Optional<DestroyGrant> grant)
      implements TaskServAction {
    public RunOperation {
      secrets = Map.copyOf(secrets);
      exports = List.copyOf(exports);
    }

    @Override
    public String key() {
      return operationKey(server);
    }

    @Override
    public String name() {
      return switch (kind) {
        case INSTALL -> "Install";
        case RECONFIGURE -> "Reconfigure";
        case UPGRADE -> "Upgrade";
        case ROLLBACK -> "RollBack";
        case UNINSTALL -> "Uninstall";
      };
    }

    /** Whether data goes: only a deletion that the API server recorded grants that. */
    @Override
    public boolean destructive() {
      return grant.isPresent();
    }
  }

  /** A value to read on the machine after the last step. */
  record Export(String name, String command, boolean secret) {}

  /**
   * Follow an operation that an earlier process of ours started. Its result is the final {@code
   * OperationReport}; {@code ABSENT} when the machine never heard of it.
   */
  record AttachOperation(String server, OperationId operationId, String description)
      implements TaskServAction {
    @Override
    public String key() {
      return operationKey(server);
    }

    @Override
    public String name() {
      return "FollowOperation";
    }
  }

  /** Make random values for {@code keys} of a Secret that the TaskServ owns; existing ones stay. */
  record GenerateSecrets(String secret, List<String> keys) implements TaskServAction {
    public GenerateSecrets {
      keys = List.copyOf(keys);
    }

    @Override
    public String key() {
      return "secrets";
    }

    @Override
    public String description() {
      return "make " + String.join(", ", keys) + " in Secret " + secret;
    }
  }

  /** Create a TaskServ that this one requires, owned by it; one that exists stays as it is. */
  record InstallDependency(String taskServ, TaskServSpec spec) implements TaskServAction {
    @Override
    public String key() {
      return "dependency/" + taskServ;
    }

    @Override
    public String content() {
      return Hashes.content(JSON.valueToTree(spec));
    }

    @Override
    public String description() {
      return "create TaskServ "
          + taskServ
          + " (definition "
          + spec.definition()
          + ") on "
          + String.join(", ", spec.servers().names());
    }
  }

  /** Everything is uninstalled: take our finalizer off, so that the object goes. */
  record Release(String taskServ) implements TaskServAction {
    @Override
    public String key() {
      return "release";
    }

    @Override
    public String description() {
      return "let TaskServ " + taskServ + " go";
    }
  }
}
