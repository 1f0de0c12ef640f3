package dev.provisioning.planning.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.provisioning.api.server.NetworkSpec;
import dev.provisioning.api.server.RootDisk;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.config.Memo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares specs as they look in YAML, whatever types carry their values. */
final class Specs {
  private static final int VALUE_MAX = 60;
  private static final int CONTENT_LENGTH = 16;
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Memo<Record, String> TEXTS = new Memo<>(4_096);

  private Specs() {}

  static boolean same(Record a, Record b) {
    return a.equals(b) || text(a).equals(text(b));
  }

  private static String text(Record spec) {
    return TEXTS.get(spec, one -> Hashes.canonical(JSON.valueToTree(one)));
  }

  /** Names a spec and the labels beside it. */
  static String content(Record spec, Map<String, String> labels) {
    return Hashes.sha256(text(spec) + new TreeMap<>(labels)).substring(0, CONTENT_LENGTH);
  }

  /** The same service, wherever it runs and whoever may delete it. */
  static boolean sameBesideServers(TaskServSpec a, TaskServSpec b) {
    Targets any = new Targets(List.of(), null);
    return same(
        a.withServers(any).withDeletionProtection(null),
        b.withServers(any).withDeletionProtection(null));
  }

  /** Whether no machine can be brought from one to the other. */
  static boolean needsAnotherMachine(ServerSpec was, ServerSpec wish, String zone) {
    boolean elsewhere =
        wish.zone() != null && !wish.zone().equals("auto") && !wish.zone().equals(zone);
    return elsewhere
        || !Objects.equals(was.image(), wish.image())
        || !Objects.equals(was.provider(), wish.provider())
        || !Objects.equals(was.address(), wish.address())
        || !Objects.equals(withoutFirewall(was), withoutFirewall(wish))
        || !Objects.equals(root(was), root(wish));
  }

  private static NetworkSpec withoutFirewall(ServerSpec spec) {
    NetworkSpec network = spec.network();
    return network == null
        ? new NetworkSpec(null, null, null, null, List.of())
        : network.withFirewall(List.of());
  }

  private static RootDisk root(ServerSpec spec) {
    RootDisk root = spec.storage() == null ? null : spec.storage().root();
    return root == null ? new RootDisk(null, null, null) : root;
  }

  /** What is different, field by field: {@code plan small -> large, tags.team web -> (unset)}. */
  static String differences(Record was, Record wish) {
    List<String> found = new ArrayList<>();
    compare("", JSON.valueToTree(was), JSON.valueToTree(wish), found);
    return found.isEmpty() ? "labels" : String.join(", ", found);
  }

  private static void compare(String path, JsonNode was, JsonNode wish, List<String> found) {
    if (!was.isObject() || !wish.isObject()) {
      if (!Hashes.canonical(was).equals(Hashes.canonical(wish))) {
        found.add("%s %s -> %s".formatted(path, text(was), text(wish)));
      }
      return;
    }
    Set<String> names = new TreeSet<>();
    was.fieldNames().forEachRemaining(names::add);
    wish.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String at = path.isEmpty() ? name : path + "." + name;
      compare(at, field(was, name), field(wish, name), found);
    }
  }

  private static JsonNode field(JsonNode node, String name) {
    return node.has(name) ? node.get(name) : JsonNodeFactory.instance.nullNode();
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return "(unset)";
    }
    String text = value.isValueNode() ? value.asText() : Hashes.canonical(value);
    return text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX) + "…";
  }
}
