package dev.provisioning.controllers.workspace;

import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Secrets;
import dev.provisioning.controllers.access.WorkspaceKeys;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.planning.workspace.WorkspaceAction;
import dev.provisioning.planning.workspace.WorkspaceInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** Makes login keys and lets Workspaces go. */
final class WorkspaceExecutor implements Executor<Workspace, WorkspaceInput, WorkspaceAction> {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final WorkspaceKeys keys;

  WorkspaceExecutor(KubernetesClient client, Secrets secrets) {
    this.client = client;
    this.keys = new WorkspaceKeys(client, secrets);
  }

  @Override
  public Optional<Object> execute(Execution<Workspace, WorkspaceInput, WorkspaceAction> execution) {
    try {
      switch (execution.action()) {
        case WorkspaceAction.MakeLoginKey make -> keys.make(execution.resource(), make.secret());
        case WorkspaceAction.Release _ -> new Finalizers(client).release(execution.resource());
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      throw new ProviderException(failure(execution.action(), e), e);
    }
  }

  private static Failure failure(WorkspaceAction action, KubernetesClientException e) {
    String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? new Failure.Denied("SecretForbidden", action.description() + ": " + said)
        : new Failure.Transient("ApiServerError", action.description() + ": " + said, RETRY);
  }
}
