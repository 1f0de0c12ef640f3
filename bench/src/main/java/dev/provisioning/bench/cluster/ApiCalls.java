package dev.provisioning.bench.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How often each call was made since the API server started, by {@code resource[/subresource]
 * VERB}, as its own {@code apiserver_request_total} says.
 */
record ApiCalls(Map<String, Long> counts) {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  static ApiCalls parse(String metrics) {
    Map<String, Long> counts = new TreeMap<>();
    metrics
        .lines()
        .filter(line -> line.startsWith("apiserver_request_total{"))
        .forEach(line -> add(counts, line));
    return new ApiCalls(counts);
  }

  private static void add(Map<String, Long> counts, String line) {
    Map<String, String> labels = new TreeMap<>();
    var matcher = LABEL.matcher(line);
    while (matcher.find()) {
      labels.put(matcher.group(1), matcher.group(2));
    }
    var sub = labels.getOrDefault("subresource", "");
    var name = labels.get("resource") + (sub.isEmpty() ? "" : "/" + sub) + " " + labels.get("verb");
    long count = (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    counts.merge(name, count, Long::sum);
  }

  /** Calls since {@code earlier}; those that were not made are left out. */
  ApiCalls since(ApiCalls earlier) {
    Map<String, Long> difference = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          long more = count - earlier.counts.getOrDefault(name, 0L);
          if (more > 0) {
            difference.put(name, more);
          }
        });
    return new ApiCalls(difference);
  }

  /** All calls whose name matches: {@code "servers.* (PUT|PATCH)"}. */
  long matching(String pattern) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().matches(pattern))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
