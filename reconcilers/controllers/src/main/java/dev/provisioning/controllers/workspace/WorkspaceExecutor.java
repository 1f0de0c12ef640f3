package dev.provisioning.controllers.workspace;

import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.OpenSshKey;
import dev.provisioning.controllers.access.Secrets;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.planning.workspace.WorkspaceAction;
import dev.provisioning.planning.workspace.WorkspaceInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Makes login keys and lets Workspaces go. */
final class WorkspaceExecutor implements Executor<Workspace, WorkspaceInput, WorkspaceAction> {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final Secrets secrets;
  private final SecureRandom random = new SecureRandom();

  WorkspaceExecutor(KubernetesClient client, Secrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  @Override
  public Optional<Object> execute(Execution<Workspace, WorkspaceInput, WorkspaceAction> execution) {
    try {
      switch (execution.action()) {
        case WorkspaceAction.MakeLoginKey make -> makeKey(execution.resource(), make.secret());
        case WorkspaceAction.Release _ -> new Finalizers(client).release(execution.resource());
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      throw new ProviderException(failure(execution.action(), e), e);
    }
  }

  private void makeKey(Workspace workspace, String name) {
    String namespace = workspace.getMetadata().getNamespace();
    OpenSshKey key =
        OpenSshKey.generate("provisioning-" + workspace.getMetadata().getName(), random);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(workspace.getApiVersion())
                    .withKind(workspace.getKind())
                    .withName(workspace.getMetadata().getName())
                    .withUid(workspace.getMetadata().getUid())
                    .build())
            .endMetadata()
            .withType("Opaque")
            .addToStringData(LoginKeys.PRIVATE_KEY, key.privateKey())
            .addToStringData(LoginKeys.PUBLIC_KEY, key.publicKey())
            .build();
    try {
      Failpoints.around(
          "secret.login-key",
          () -> client.secrets().inNamespace(namespace).resource(secret).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Somebody made it meanwhile, maybe we ourselves before a crash: that one counts.
    }
    secrets.forget(namespace, name);
  }

  private static Failure failure(WorkspaceAction action, KubernetesClientException e) {
    String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? new Failure.Denied("SecretForbidden", action.description() + ": " + said)
        : new Failure.Transient("ApiServerError", action.description() + ": " + said, RETRY);
  }
}
