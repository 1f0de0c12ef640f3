package dev.provisioning.controllers.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.WorkspaceKeys;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Secrets that are made with a machine: whose they are, and whose they are not. */
class ServerSecretsTest {
  private static final String LOGIN = "acme-ssh";
  private static final String BOOTSTRAP = "web-01-bootstrap";

  private final Scene scene = Scene.whereMachinesTakeUserData();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void a_login_key_that_a_server_made_first_goes_with_the_workspace() {
    scene.settle();
    assertThat(secret(LOGIN).getData())
        .containsOnlyKeys(LoginKeys.PRIVATE_KEY, LoginKeys.PUBLIC_KEY);
    assertThat(secret(LOGIN).getMetadata().getOwnerReferences())
        .containsExactly(owner(scene.workspace));
  }

  @Test
  void the_workspace_that_comes_to_it_later_keeps_that_key() {
    scene.settle();
    Secret made = secret(LOGIN);
    new WorkspaceKeys(scene.api.client(), scene.informers.secrets()).make(scene.workspace, LOGIN);
    assertThat(secret(LOGIN)).isEqualTo(made);
  }

  @Test
  void a_login_key_that_a_person_made_is_used_as_it_is() {
    Secret theirs = foreign(LOGIN, "-----BEGIN OPENSSH PRIVATE KEY-----");
    scene.settle();
    assertThat(scene.cloud.machines()).hasSize(1);
    assertThat(secret(LOGIN)).isEqualTo(theirs);
  }

  @Test
  void a_secret_of_the_login_keys_name_without_a_key_is_left_alone_and_no_machine_is_made() {
    Secret theirs = foreign(LOGIN, "");
    assertRefused(
        Failure.Waiting.class,
        "SecretKeyMissing",
        "Secret shop/acme-ssh has no key ssh-privatekey; put the private key there");
    assertThat(secret(LOGIN)).isEqualTo(theirs);
  }

  @Test
  void a_bootstrap_key_goes_with_its_server_and_is_forgotten_after_first_contact() {
    scene.settle();
    assertThat(secret(BOOTSTRAP).getMetadata().getOwnerReferences())
        .containsExactly(owner(scene.server));
    scene.bootstrapKeys.forget(scene.server);
    assertThat(secret(BOOTSTRAP)).isNull();
  }

  @Test
  void the_bootstrap_key_of_a_server_of_that_name_before_is_replaced() {
    scene.settle();
    String before = secret(BOOTSTRAP).getData().get(LoginKeys.PUBLIC_KEY);
    scene.bootstrapKeys.require(scene.server, 2);
    assertThat(secret(BOOTSTRAP).getData().get(LoginKeys.PUBLIC_KEY)).isNotEqualTo(before);
  }

  @Test
  void a_secret_of_the_bootstrap_keys_name_is_left_alone_and_no_machine_is_made() {
    Secret theirs = foreign(BOOTSTRAP, "theirs");
    assertRefused(
        Failure.Conflict.class,
        "SecretNotOwned",
        "Secret web-01-bootstrap exists and is not the operator's; rename or delete it");
    assertThat(secret(BOOTSTRAP)).isEqualTo(theirs);
  }

  @Test
  void a_secret_of_the_bootstrap_keys_name_is_left_alone_after_first_contact_too() {
    Secret theirs = foreign(BOOTSTRAP, "theirs");
    scene.bootstrapKeys.forget(scene.server);
    assertThat(secret(BOOTSTRAP)).isEqualTo(theirs);
  }

  private void assertRefused(Class<? extends Failure> kind, String reason, String message) {
    assertThatThrownBy(scene::settle)
        .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
        .extracting(ProviderException::failure)
        .isInstanceOf(kind)
        .returns(reason, Failure::reason)
        .returns(message, Failure::message);
    assertThat(scene.cloud.machines()).isEmpty();
  }

  private Secret secret(String name) {
    return scene.api.client().secrets().inNamespace("shop").withName(name).get();
  }

  private Secret foreign(String name, String privateKey) {
    SecretBuilder secret =
        new SecretBuilder().withNewMetadata().withNamespace("shop").withName(name).endMetadata();
    if (!privateKey.isEmpty()) {
      secret
          .addToStringData(LoginKeys.PRIVATE_KEY, privateKey)
          .addToStringData(LoginKeys.PUBLIC_KEY, "ssh-ed25519 AAAA theirs");
    }
    return scene.api.client().resource(secret.build()).create();
  }

  private static OwnerReference owner(HasMetadata object) {
    OwnerReference owner = new OwnerReference();
    owner.setApiVersion(object.getApiVersion());
    owner.setKind(object.getKind());
    owner.setName(object.getMetadata().getName());
    owner.setUid(object.getMetadata().getUid());
    return owner;
  }
}
