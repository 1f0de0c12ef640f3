package dev.provisioning.controllers.server;

import dev.provisioning.api.SecretRef;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.OpenSshKey;
import dev.provisioning.controllers.access.Secrets;
import dev.provisioning.spi.failpoint.Failpoints;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * The login key of a Workspace that names none: Secret {@code <workspace>-ssh}, made once and never
 * changed. It has no owner: machines that outlive the Workspace stay reachable.
 */
final class WorkspaceKeys {
  private final KubernetesClient client;
  private final Secrets secrets;
  private final SecureRandom random = new SecureRandom();

  WorkspaceKeys(KubernetesClient client, Secrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  void require(Server server, Workspace workspace, SecretRef key) {
    String namespace = server.getMetadata().getNamespace();
    String name = LoginKeys.ofWorkspace(workspace.getMetadata().getName()).name();
    if (!key.name().equals(name) || secrets.get(namespace, name).isPresent()) {
      return;
    }
    OpenSshKey made = OpenSshKey.generate("provisioning@" + namespace, random);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withType("Opaque")
            .withData(
                Map.of(
                    LoginKeys.PRIVATE_KEY, encoded(made.privateKey()),
                    LoginKeys.PUBLIC_KEY, encoded(made.publicKey())))
            .build();
    try {
      Failpoints.around("secret.workspace-key", () -> client.resource(secret).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Another Server's create was faster: that key is as good.
    }
    secrets.forget(namespace, name);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
