package dev.provisioning.operator.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gauges whose label sets come and go: what is not added again before a publish disappears. */
final class Gauges {
  private final MeterRegistry meters;
  private final Map<String, MultiGauge> published = new HashMap<>();
  private final Map<String, Map<Tags, Double>> counted = new HashMap<>();

  Gauges(MeterRegistry meters) {
    this.meters = meters;
  }

  void add(String name, Tags tags, double amount) {
    counted.computeIfAbsent(name, n -> new HashMap<>()).merge(tags, amount, Double::sum);
  }

  synchronized void publish() {
    counted.keySet().forEach(name -> published.computeIfAbsent(name, this::gauge));
    published.forEach((name, gauge) -> gauge.register(rows(name), true));
    counted.clear();
  }

  private MultiGauge gauge(String name) {
    return MultiGauge.builder(name).register(meters);
  }

  private List<? extends MultiGauge.Row<?>> rows(String name) {
    Set<Map.Entry<Tags, Double>> entries = counted.getOrDefault(name, Map.of()).entrySet();
    return entries.stream().map(e -> MultiGauge.Row.of(e.getKey(), e.getValue())).toList();
  }
}
