package dev.provisioning.controllers.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * An Ed25519 key in the forms of OpenSSH (PROTOCOL.key, RFC 8709).
 *
 * @param privateKey the file {@code id_ed25519}
 * @param publicKey the line of {@code id_ed25519.pub}
 */
public record OpenSshKey(String privateKey, String publicKey) {
  private static final String TYPE = "ssh-ed25519";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String END = "-----END OPENSSH PRIVATE KEY-----";
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 8;
  private static final int LINE = 70;

  /** Never prints the private half. */
  @Override
  public String toString() {
    return publicKey;
  }

  public static OpenSshKey generate(String comment, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(java.security.spec.NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      byte[] secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      byte[] point = point((EdECPublicKey) pair.getPublic());
      byte[] blob = new Wire().text(TYPE).bytes(point).done();
      String file = file(blob, privateSection(secret, point, comment, random.nextInt()));
      String line = TYPE + " " + Base64.getEncoder().encodeToString(blob) + " " + comment;
      return new OpenSshKey(file, line);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /** The public line inside a private key file of this form; empty when it is of another form. */
  public static Optional<String> publicLine(String privateKey) {
    int begin = privateKey.indexOf(BEGIN);
    int end = privateKey.indexOf(END);
    if (begin < 0 || end < begin) {
      return Optional.empty();
    }
    try {
      byte[] all =
          Base64.getMimeDecoder().decode(privateKey.substring(begin + BEGIN.length(), end).trim());
      ByteBuffer buffer = ByteBuffer.wrap(all);
      byte[] magic = new byte[MAGIC.length];
      buffer.get(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        return Optional.empty();
      }
      for (int i = 0; i < 3; i++) { // cipher, key derivation, its options
        take(buffer);
      }
      buffer.getInt(); // number of keys
      byte[] blob = take(buffer);
      String type = new String(take(ByteBuffer.wrap(blob)), StandardCharsets.US_ASCII);
      return Optional.of(type + " " + Base64.getEncoder().encodeToString(blob));
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      return Optional.empty(); // not of this form after all
    }
  }

  private static byte[] take(ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("a length beyond the end");
    }
    byte[] taken = new byte[length];
    buffer.get(taken);
    return taken;
  }

  /** The y coordinate, little-endian, with the sign of x in the highest bit. */
  private static byte[] point(EdECPublicKey key) {
    byte[] bigEndian = key.getPoint().getY().toByteArray();
    byte[] point = new byte[KEY_BYTES];
    for (int i = 0; i < Math.min(bigEndian.length, KEY_BYTES); i++) {
      point[i] = bigEndian[bigEndian.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      point[KEY_BYTES - 1] |= (byte) 0x80;
    }
    return point;
  }

  private static byte[] privateSection(byte[] secret, byte[] point, String comment, int check) {
    byte[] both = Arrays.copyOf(secret, 2 * KEY_BYTES);
    System.arraycopy(point, 0, both, KEY_BYTES, KEY_BYTES);
    Wire wire = new Wire().number(check).number(check).text(TYPE);
    wire.bytes(point).bytes(both).text(comment);
    for (int pad = 1; wire.size() % BLOCK != 0; pad++) {
      wire.raw(BigInteger.valueOf(pad).toByteArray());
    }
    return wire.done();
  }

  private static String file(byte[] blob, byte[] section) {
    Wire wire = new Wire().raw(MAGIC).text("none").text("none").text("").number(1);
    byte[] all = wire.bytes(blob).bytes(section).done();
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return BEGIN + "\n" + lines.encodeToString(all) + "\n" + END + "\n";
  }

  /** SSH's data types. */
  private static final class Wire {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Wire raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Wire number(int value) {
      return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    Wire bytes(byte[] bytes) {
      return number(bytes.length).raw(bytes);
    }

    Wire text(String text) {
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    int size() {
      return out.size();
    }

    byte[] done() {
      return out.toByteArray();
    }
  }
}
