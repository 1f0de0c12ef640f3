package dev.provisioning.operator.mistakes;

/** Makes of a message what it is in every run: names for what differs. */
final class Words {
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** How the lack of a machine shows depends on the network. */
  private static final String SILENCE =
      "(connection refused; does sshd run on this port\\?|there is no route to it"
          + "|no answer within [0-9]+ s|Network is unreachable)";

  private Words() {}

  static String plain(String text, String namespace) {
    return text.replace(namespace, "team")
        .replaceAll(TIME, "<time>")
        .replaceAll(UUID, "<uid>")
        .replaceAll(
            "( \\([0-9]+ times since <time>\\))?; next try at <time>", "; next try at <time>")
        .replaceAll("SHA256:[A-Za-z0-9+/]{43}", "SHA256:<fingerprint>")
        .replaceAll("\\b(172|192|10)(\\.[0-9]{1,3}){3}\\b", "<address>")
        .replaceAll("configuration [0-9a-f]{16}", "configuration <hash>")
        .replaceAll("allow-replace=[0-9a-f]{16}", "allow-replace=<hash>")
        .replaceAll("(of memory; Server [a-z0-9-]+ has) [0-9]+", "$1 <memory>")
        .replaceAll("(cannot reach \\S+:22: )" + SILENCE, "$1<no answer>")
        .replaceAll("http://<address>:[0-9]+/", "http://<address>/")
        .replaceAll("sim-[0-9a-f]{6,}", "sim-<id>")
        .strip();
  }
}
