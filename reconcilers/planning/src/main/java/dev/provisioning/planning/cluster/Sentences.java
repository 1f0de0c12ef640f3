package dev.provisioning.planning.cluster;

import dev.provisioning.api.Cost;
import dev.provisioning.api.server.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What actions say of themselves. */
final class Sentences {
  private static final int SHOWN = 10;

  private Sentences() {}

  static String names(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, SHOWN)), names.size() - SHOWN);
  }

  static String create(String server, ServerSpec spec, Optional<Quote> quote) {
    List<String> words = new ArrayList<>();
    if (spec.address() != null) {
      words.add("the machine at " + spec.address());
    }
    size(spec, quote).ifPresent(words::add);
    if (spec.image() != null) {
      words.add(spec.image());
    }
    if (spec.provider() != null) {
      words.add("at " + spec.provider());
    }
    Optional.ofNullable(spec.zone()).ifPresent(zone -> words.add("zone " + zone));
    quote.flatMap(Quote::cost).map(Sentences::price).ifPresent(words::add);
    return words.isEmpty()
        ? "create Server " + server
        : "create Server %s (%s)".formatted(server, String.join(", ", words));
  }

  private static Optional<String> size(ServerSpec spec, Optional<Quote> quote) {
    return quote
        .map(q -> "plan " + q.plan())
        .or(() -> Optional.ofNullable(spec.plan()).map(plan -> "plan " + plan))
        .or(
            () ->
                Optional.ofNullable(spec.resources())
                    .map(
                        r ->
                            "%s cores, %s GB"
                                .formatted(
                                    r.cores() == null ? "default" : r.cores(),
                                    r.memoryGb() == null ? "default" : r.memoryGb())));
  }

  private static String price(Cost cost) {
    return "%s %s a month".formatted(cost.monthly(), cost.currency());
  }
}
