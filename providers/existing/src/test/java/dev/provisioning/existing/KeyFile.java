package dev.provisioning.existing;

import dev.provisioning.spi.model.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/** A new Ed25519 key pair in OpenSSH's forms. */
record KeyFile(SecretValue privateKey, String publicKey, String fingerprint) {
  static KeyFile generate() {
    var key = new Ed25519PrivateKeyParameters(new SecureRandom());
    try {
      byte[] blob = OpenSSHPublicKeyUtil.encodePublicKey(key.generatePublicKey());
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return new KeyFile(
          new SecretValue(pem(OpenSSHPrivateKeyUtil.encodePrivateKey(key))),
          "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob),
          "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest));
    } catch (java.io.IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("Ed25519 and SHA-256 are always there", e);
    }
  }

  private static String pem(byte[] blob) {
    String body =
        Base64.getMimeEncoder(70, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(blob);
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }
}
