package dev.provisioning.planning.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of named things in a spec: one of them is changed, the list is kept whole. */
final class Named {
  private static final String NAME = "name";

  private Named() {}

  static List<Map<String, Object>> in(Map<String, Object> spec, String field) {
    List<Map<String, Object>> result = new ArrayList<>();
    if (spec.get(field) instanceof List<?> list) {
      for (Object each : list) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) each).forEach((k, v) -> copy.put(String.valueOf(k), v));
        result.add(copy);
      }
    }
    return result;
  }

  /** One that is not in the list is of the definition, and gets an entry that goes over it. */
  static List<Map<String, Object>> with(
      List<Map<String, Object>> all, String name, String field, Object value) {
    List<Map<String, Object>> result = new ArrayList<>();
    boolean found = false;
    for (Map<String, Object> each : all) {
      boolean meant = name.equals(each.get(NAME));
      found |= meant;
      result.add(meant ? put(each, field, value) : each);
    }
    if (!found) {
      result.add(put(Map.of(NAME, name), field, value));
    }
    return result;
  }

  private static Map<String, Object> put(Map<String, Object> map, String field, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    copy.put(field, value);
    return copy;
  }
}
