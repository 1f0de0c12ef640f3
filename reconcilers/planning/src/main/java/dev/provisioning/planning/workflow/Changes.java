package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.ScaleOperation;
import dev.provisioning.api.workflow.UpgradeOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an upgrade or a change of size sets in a spec; lists of named things are kept whole. */
final class Changes {
  private Changes() {}

  static Map<String, Object> upgrade(
      UpgradeOperation upgrade, Optional<Map<String, Object>> current) {
    if (upgrade.taskServ() != null) {
      return Map.of("version", upgrade.version());
    }
    List<Map<String, Object>> components = named(current, "components");
    String name =
        upgrade.component() == null && components.size() == 1
            ? String.valueOf(components.getFirst().get("name"))
            : upgrade.component();
    return name == null
        ? Map.of()
        : Map.of("components", with(components, name, "version", upgrade.version()));
  }

  static Map<String, Object> scale(ScaleOperation scale, Optional<Map<String, Object>> current) {
    return scale.nodePool() == null
        ? Map.of("replicas", scale.replicas())
        : Map.of(
            "nodePools",
            with(named(current, "nodePools"), scale.nodePool(), "replicas", scale.replicas()));
  }

  private static List<Map<String, Object>> with(
      List<Map<String, Object>> all, String name, String field, Object value) {
    List<Map<String, Object>> result = new ArrayList<>();
    boolean found = false;
    for (Map<String, Object> each : all) {
      boolean meant = name.equals(each.get("name"));
      found |= meant;
      result.add(meant ? put(each, field, value) : each);
    }
    if (!found) {
      result.add(put(Map.of("name", name), field, value));
    }
    return result;
  }

  private static Map<String, Object> put(Map<String, Object> map, String field, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    copy.put(field, value);
    return copy;
  }

  private static List<Map<String, Object>> named(Optional<Map<String, Object>> spec, String field) {
    List<Map<String, Object>> result = new ArrayList<>();
    if (spec.map(s -> s.get(field)).orElse(null) instanceof List<?> list) {
      for (Object each : list) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) each).forEach((k, v) -> copy.put(String.valueOf(k), v));
        result.add(copy);
      }
    }
    return result;
  }
}
