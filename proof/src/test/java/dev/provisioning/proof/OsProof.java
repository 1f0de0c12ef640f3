package dev.provisioning.proof;

import dev.provisioning.testkit.Programs;
import dev.provisioning.testkit.Scratch;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A certificate authority for the proof of os, and a page signed under it. */
final class OsProof {
  private static final Path WORK = made();

  private OsProof() {}

  static String config(String timezone) {
    String authority =
        Catalogue.text(WORK.resolve("ca.pem"))
            .lines()
            .collect(Collectors.joining("\\n", "\"", "\\n\""));
    return "{timezone: %s, unattendedUpgrades: \"Off\", caCertificates: [%s]}"
        .formatted(timezone, authority);
  }

  /** Puts the page's certificate and key where the proof serves it from. */
  static void prepare(ProofMachine machine) {
    for (String file : new String[] {"leaf.pem", "leaf.key"}) {
      machine.exec(
          "mkdir -p /etc/ssl/proof && cat >/etc/ssl/proof/%s <<'END'\n%sEND"
              .formatted(file, Catalogue.text(WORK.resolve(file))));
    }
  }

  private static Path made() {
    Path work = Scratch.directory("proof-ca");
    Programs.run(
        "/bin/bash",
        "-euc",
        """
          cd '%s'
          key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }
          key ca.key
          openssl req -x509 -new -key ca.key -days 30 -subj '/CN=Authority of the proof' -out ca.pem
          key leaf.key
          openssl req -new -key leaf.key -subj /CN=proof.test -out leaf.csr
          printf 'subjectAltName=DNS:proof.test\\n' >names
          openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out leaf.pem
          """
            .formatted(work));
    return work;
  }
}
