package dev.provisioning.controllers.access;

import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.spi.failpoint.Failpoints;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;

/**
 * The login keys that Workspaces have unless they name others. The Workspace makes its key, and so
 * does the first Server that needs it earlier: both make the same Secret here, which goes with the
 * Workspace.
 */
public final class WorkspaceKeys {
  private final KubernetesClient client;
  private final Secrets secrets;
  private final SecureRandom random = new SecureRandom();

  public WorkspaceKeys(KubernetesClient client, Secrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  /** One that exists stays as it is. */
  public void require(Workspace workspace, String name) {
    if (secrets.get(workspace.getMetadata().getNamespace(), name).isEmpty()) {
      make(workspace, name);
    }
  }

  /**
   * One that exists stays as it is.
   *
   * @throws KubernetesClientException what the API server answered but for a conflict
   */
  public void make(Workspace workspace, String name) {
    Secret secret = secret(workspace, name);
    try {
      Failpoints.around("secret.login-key", () -> client.resource(secret).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Somebody made it meanwhile, maybe we ourselves before a crash: that one counts.
    }
    secrets.forget(workspace.getMetadata().getNamespace(), name);
  }

  private Secret secret(Workspace workspace, String name) {
    OpenSshKey key =
        OpenSshKey.generate("provisioning-" + workspace.getMetadata().getName(), random);
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(workspace.getMetadata().getNamespace())
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
  }
}
