package dev.provisioning.planning.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The one renderer of cloud-init user data, for every provider: first contact (providers.md §5)
 * depends on it. The result depends on the input alone, so a retried create sends the same bytes.
 *
 * <p>The bootstrap host key is the only secret in it and is worthless after first contact.
 */
public final class CloudConfig {
  /** The smallest limit among providers (AWS), in bytes of UTF-8, before Base64. */
  public static final int MAX_BYTES = 16_384;

  /** Where a machine finds whom it belongs to; checked at first contact. */
  public static final String IDENTITY_PATH = "/etc/provisioning/identity.json";

  private static final String BOUNDARY = "==provisioning-user-data==";

  /**
   * Keeps our keys when the user's cloud-config names the same ones, and joins lists: cloud-init's
   * own default lets the later part replace the earlier, host keys and login user included.
   */
  private static final String MERGE =
      "dict(no_replace,recurse_dict,recurse_array)+list(append)+str()";

  /** First line of a user-data format to its MIME type; longer prefixes come first. */
  private static final List<Map.Entry<String, String>> FORMATS =
      List.of(
          Map.entry("#cloud-config-archive", "text/cloud-config-archive"),
          Map.entry("#cloud-config", "text/cloud-config"),
          Map.entry("#cloud-boothook", "text/cloud-boothook"),
          Map.entry("#include-once", "text/x-include-once-url"),
          Map.entry("#include", "text/x-include-url"),
          Map.entry("#part-handler", "text/part-handler"),
          Map.entry("## template: jinja", "text/jinja2"),
          Map.entry("#!", "text/x-shellscript"));

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private CloudConfig() {}

  /**
   * What the machine is to become.
   *
   * @param user login user; with {@code root} the root login stays enabled, otherwise it is closed
   * @param authorizedKeys lines of authorized_keys(5)
   * @param mounts in mount order; empty where the provider mounts volumes itself
   * @param extra {@code spec.userData}: any format that cloud-init knows by its first line
   */
  public record Input(
      String hostname,
      String user,
      List<String> authorizedKeys,
      HostKey hostKey,
      List<Mount> mounts,
      Identity identity,
      Optional<String> extra) {
    public Input {
      authorizedKeys = List.copyOf(authorizedKeys);
      mounts = List.copyOf(mounts);
    }
  }

  /**
   * The Ed25519 bootstrap host key: private half in OpenSSH PEM form, public half as {@code
   * ssh-ed25519 AAAA…}.
   */
  public record HostKey(SecretValue privateKey, String publicKey) {}

  /** One line of fstab(5); {@code device} like {@code /dev/vdb}, {@code LABEL=data}. */
  public record Mount(String device, String path, String fileSystem, String options) {}

  /** The content of {@link #IDENTITY_PATH}. */
  public record Identity(String uid, int incarnation, IdempotencyKey key) {
    public static Identity of(Owner owner, IdempotencyKey key) {
      return new Identity(owner.uid(), owner.incarnation(), key);
    }

    /** {@code {"uid":…,"incarnation":…,"key":…}}, fields in this order. */
    public String json() {
      ObjectNode node = JSON.createObjectNode();
      node.put("uid", uid).put("incarnation", incarnation).put("key", key.value());
      return node.toString();
    }
  }

  /** User data, or why there can be none. */
  public sealed interface Result {
    /** What a create call sends. */
    record Rendered(MachineRequest.UserData userData) implements Result {}

    /** {@code UserDataTooLarge} or {@code UserDataUnknownFormat}. */
    record Refused(Failure.Invalid failure) implements Result {}
  }

  /** Ours alone as plain cloud-config; with {@code extra} a multipart of ours, then theirs. */
  public static Result render(Input input) {
    String ours = cloudConfig(input);
    if (input.extra().isEmpty() || input.extra().get().isBlank()) {
      return limited(ours);
    }
    String extra = input.extra().get();
    if (isMime(extra)) {
      return limited(multipart(ours, extra));
    }
    return FORMATS.stream()
        .filter(format -> extra.startsWith(format.getKey()))
        .findFirst()
        .map(format -> limited(multipart(ours, part(format.getValue(), extra))))
        .orElseGet(CloudConfig::unknownFormat);
  }

  private static Result limited(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes <= MAX_BYTES) {
      return new Result.Rendered(new MachineRequest.UserData(text));
    }
    return new Result.Refused(
        new Failure.Invalid(
            "UserDataTooLarge",
            ("spec.userData: user data is %,d bytes together with the operator's own part, and at"
                    + " most %,d fit; fetch large content from the machine instead.")
                .formatted(bytes, MAX_BYTES)));
  }

  private static Result unknownFormat() {
    return new Result.Refused(
        new Failure.Invalid(
            "UserDataUnknownFormat",
            "spec.userData: cloud-init knows a format by its first line, and this one is none of"
                + " #cloud-config, #!, #include, #cloud-boothook, #part-handler, ## template: jinja"
                + " or a MIME message."));
  }

  private static String cloudConfig(Input input) {
    boolean root = input.user().equals("root");
    StringBuilder yaml = new StringBuilder(2_048);
    yaml.append("#cloud-config\n");
    yaml.append("hostname: ").append(quoted(input.hostname())).append('\n');
    yaml.append("preserve_hostname: false\n");
    yaml.append("disable_root: ").append(!root).append('\n');
    yaml.append("ssh_pwauth: false\n");
    yaml.append("ssh_deletekeys: true\n");
    yaml.append("ssh_keys:\n  ed25519_private: |\n");
    input.hostKey().privateKey().reveal().strip().lines().forEach(line -> indented(yaml, line));
    yaml.append("  ed25519_public: ").append(quoted(input.hostKey().publicKey().strip()));
    yaml.append('\n');
    appendUser(yaml, input, root);
    yaml.append("growpart:\n  mode: auto\n");
    appendMounts(yaml, input.mounts());
    yaml.append("write_files:\n  - path: ").append(quoted(IDENTITY_PATH)).append('\n');
    yaml.append("    owner: \"root:root\"\n    permissions: \"0644\"\n    content: ");
    yaml.append(quoted(input.identity().json() + "\n")).append('\n');
    return yaml.toString();
  }

  private static void indented(StringBuilder yaml, String line) {
    yaml.append("    ").append(line).append('\n');
  }

  private static void appendUser(StringBuilder yaml, Input input, boolean root) {
    yaml.append("users:\n  - name: ").append(quoted(input.user())).append('\n');
    yaml.append("    lock_passwd: true\n");
    if (!root) {
      yaml.append("    shell: /bin/bash\n    sudo: \"ALL=(ALL) NOPASSWD:ALL\"\n");
    }
    yaml.append("    ssh_authorized_keys:\n");
    input.authorizedKeys().forEach(key -> yaml.append("      - ").append(quoted(key)).append('\n'));
  }

  private static void appendMounts(StringBuilder yaml, List<Mount> mounts) {
    if (mounts.isEmpty()) {
      return;
    }
    yaml.append("mounts:\n");
    for (Mount mount : mounts) {
      StringJoiner fields = new StringJoiner(", ", "  - [", "]\n");
      fields.add(quoted(mount.device())).add(quoted(mount.path()));
      fields.add(quoted(mount.fileSystem())).add(quoted(mount.options()));
      yaml.append(fields.add("\"0\"").add("\"2\""));
    }
  }

  private static String multipart(String ours, String theirs) {
    return ("Content-Type: multipart/mixed; boundary=\"%s\"\nMIME-Version: 1.0\n\n"
            + "--%s\nContent-Type: text/cloud-config; charset=\"utf-8\"\nMIME-Version: 1.0\n\n%s\n"
            + "--%s\n%s\n--%s--\n")
        .formatted(BOUNDARY, BOUNDARY, ours, BOUNDARY, theirs, BOUNDARY);
  }

  /** One part; Base64 where bytes beyond ASCII would not survive the way through cloud-init. */
  private static String part(String type, String text) {
    boolean plain = text.chars().allMatch(c -> c < 128) && !text.contains("--" + BOUNDARY);
    String head =
        "Content-Type: %s; charset=\"utf-8\"\nMIME-Version: 1.0\nMerge-Type: %s\n"
            .formatted(type, MERGE);
    if (plain) {
      return head + "\n" + text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return head
        + "Content-Transfer-Encoding: base64\n\n"
        + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
  }

  private static boolean isMime(String text) {
    return text.startsWith("Content-Type:") || text.startsWith("MIME-Version:");
  }

  /** A JSON string is a YAML double-quoted scalar. */
  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every string has a JSON form", e);
    }
  }
}
