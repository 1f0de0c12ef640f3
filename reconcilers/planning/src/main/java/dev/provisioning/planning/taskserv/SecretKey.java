package dev.provisioning.planning.taskserv;

/** One entry of a Kubernetes Secret in the TaskServ's namespace. */
public record SecretKey(String secret, String key) implements Comparable<SecretKey> {
  @Override
  public int compareTo(SecretKey other) {
    int bySecret = secret.compareTo(other.secret);
    return bySecret != 0 ? bySecret : key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return secret + "/" + key;
  }
}
