package dev.provisioning.controllers.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSshKeyTest {
  @Test
  void the_public_line_can_be_read_back_from_the_private_file() {
    OpenSshKey key = OpenSshKey.generate("acme", new SecureRandom());
    assertThat(OpenSshKey.publicLine(key.privateKey()))
        .hasValueSatisfying(line -> assertThat(key.publicKey()).isEqualTo(line + " acme"));
  }

  @RepeatedTest(5)
  void ssh_keygen_reads_the_private_file_and_prints_the_same_public_key(@TempDir Path dir)
      throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "no ssh-keygen here");
    OpenSshKey key = OpenSshKey.generate("acme", new SecureRandom());
    Path file = Files.writeString(dir.resolve("key"), key.privateKey());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String printed = Programs.run("ssh-keygen", "-y", "-f", file.toString());
    assertThat(printed.strip()).isEqualTo(key.publicKey());
  }

  @Test
  void it_never_prints_its_private_half() {
    OpenSshKey key = OpenSshKey.generate("acme", new SecureRandom());
    assertThat(key.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void other_forms_have_no_public_line() {
    assertThat(OpenSshKey.publicLine("-----BEGIN RSA PRIVATE KEY-----\nMIIE")).isEmpty();
    assertThat(
            OpenSshKey.publicLine(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----"))
        .isEmpty();
  }
}
