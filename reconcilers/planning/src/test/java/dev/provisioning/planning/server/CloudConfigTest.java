package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.server.CloudConfig.HostKey;
import dev.provisioning.planning.server.CloudConfig.Identity;
import dev.provisioning.planning.server.CloudConfig.Input;
import dev.provisioning.planning.server.CloudConfig.Mount;
import dev.provisioning.planning.server.CloudConfig.Result;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudConfigTest {
  @Test
  void aMachineWithoutOwnUserDataGetsPlainCloudConfig() throws IOException {
    assertThat(text(input("provisioning", Optional.empty()))).isEqualTo(golden("plain.yaml"));
  }

  @Test
  void ownUserDataFollowsOursAndCannotReplaceIt() throws IOException {
    Input input = input("provisioning", Optional.of("#cloud-config\npackages: [htop]\n"));
    assertThat(text(input)).isEqualTo(golden("multipart.txt"));
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    Input input = input("provisioning", Optional.of("#!/bin/sh\ntrue\n"));
    assertThat(text(input)).isEqualTo(text(input)).contains("text/x-shellscript");
  }

  @Test
  void aRootUserKeepsItsLoginOpen() {
    assertThat(text(input("root", Optional.empty())))
        .contains("disable_root: false\n", "- name: \"root\"\n")
        .doesNotContain("NOPASSWD");
  }

  @Test
  void userDataBeyondAsciiTravelsAsBase64() {
    assertThat(text(input("provisioning", Optional.of("#!/bin/sh\necho grüß\n"))))
        .contains("Content-Transfer-Encoding: base64")
        .doesNotContain("grüß");
  }

  @Test
  void aMimeMessageIsTakenAsItIs() {
    String mime = "Content-Type: text/x-shellscript\nMIME-Version: 1.0\n\n#!/bin/sh\ntrue\n";
    assertThat(text(input("provisioning", Optional.of(mime)))).contains(mime);
  }

  @Test
  void tooMuchUserDataIsRefusedWithItsSize() {
    String big = "#!/bin/sh\n" + "x".repeat(CloudConfig.MAX_BYTES);
    assertThat(CloudConfig.render(input("provisioning", Optional.of(big))))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> {
              assertThat(refused.failure().reason()).isEqualTo("UserDataTooLarge");
              assertThat(refused.failure().message()).contains("spec.userData", "16,384");
            });
  }

  @Test
  void anUnknownFormatIsRefusedBecauseCloudInitWouldIgnoreIt() {
    assertThat(CloudConfig.render(input("provisioning", Optional.of("packages: [htop]"))))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.failure().reason()).isEqualTo("UserDataUnknownFormat"));
  }

  @Test
  void noSecretShowsInLogs() {
    Input input = input("provisioning", Optional.empty());
    assertThat(input.toString() + CloudConfig.render(input)).doesNotContain("PRIVATE KEY");
  }

  private static Input input(String user, Optional<String> extra) {
    return new Input(
        "web-1",
        user,
        List.of("ssh-ed25519 AAAAlogin operator"),
        new HostKey(
            new SecretValue(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n"
                    + "-----END OPENSSH PRIVATE KEY-----\n"),
            "ssh-ed25519 AAAAhost bootstrap"),
        List.of(new Mount("/dev/vdb", "/data", "ext4", "defaults,nofail")),
        new Identity("uid-1", 1, IdempotencyKey.of("uid-1", 1, "create#0")),
        extra);
  }

  private static String text(Input input) {
    return ((Result.Rendered) CloudConfig.render(input)).userData().text();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = CloudConfigTest.class.getResourceAsStream("cloudconfig/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
