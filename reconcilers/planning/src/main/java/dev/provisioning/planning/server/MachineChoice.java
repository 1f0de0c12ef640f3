package dev.provisioning.planning.server;

import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.planning.Answer;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Price;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to buy: plan, zone and image in the provider's own names. Depends on wish, catalogue and uid
 * alone, so that the same Server is resolved alike in every process.
 */
final class MachineChoice {
  static final String AUTO = "auto";
  private static final int MB = 1024;

  private final EffectiveServer server;
  private final ServerInput.Provider provider;
  private final String uid;

  MachineChoice(EffectiveServer server, ServerInput.Provider provider, String uid) {
    this.server = server;
    this.provider = provider;
    this.uid = uid;
  }

  /** How many machines can be tried: the wish and its fallbacks. */
  int count() {
    return 1 + server.size().fallbacks().size();
  }

  /** The wish (0) or one of its fallbacks (from 1). */
  Answer<ResolvedMachine> resolve(int ordinal) {
    Optional<Fallback> fallback =
        ordinal == 0 ? Optional.empty() : Optional.of(server.size().fallbacks().get(ordinal - 1));
    if (provider.existing()) {
      String zone = server.placement().address().orElse("");
      return zone.isEmpty()
          ? invalid("AddressMissing", "spec.address: say where the machine is")
          : Answer.of(new ResolvedMachine(provider.type(), zone, provider.type(), null, ordinal));
    }
    String zone = fallback.map(Fallback::zone).orElse(server.size().zone());
    if (!zone.equals(AUTO) && !zones().contains(zone)) {
      return invalid(
          "ZoneNotFound",
          "spec.zone: provider %s has no zone %s; it has %s"
              .formatted(provider.name(), zone, String.join(", ", zones())));
    }
    Optional<Catalog.Image> image = image();
    String architecture = image.map(Catalog.Image::architecture).orElse("amd64");
    Answer<Catalog.Plan> plan = plan(fallback.map(Fallback::plan), zone, architecture);
    return switch (plan) {
      case Answer.Unknown<Catalog.Plan>(Failure why) -> Answer.unknown(why);
      case Answer.Known<Catalog.Plan>(Catalog.Plan found) -> placed(found, zone, image, ordinal);
    };
  }

  private Answer<ResolvedMachine> placed(
      Catalog.Plan plan, String zone, Optional<Catalog.Image> image, int ordinal) {
    List<String> offered =
        plan.zones().isEmpty() ? zones() : plan.zones().stream().sorted().toList();
    if (!zone.equals(AUTO) && !offered.contains(zone)) {
      return invalid(
          "PlanNotInZone",
          "spec.zone: plan %s is not offered in %s but in %s"
              .formatted(plan.name(), zone, String.join(", ", offered)));
    }
    String chosen =
        zone.equals(AUTO) ? offered.get(Math.floorMod(uid.hashCode(), offered.size())) : zone;
    String wanted = server.size().image();
    if (image.isEmpty() && looksPortable(wanted)) {
      return invalid(
          "ImageNotFound",
          "spec.image: provider %s has no image %s; it has %s"
              .formatted(provider.name(), wanted, names()));
    }
    return Answer.of(
        new ResolvedMachine(
            plan.name(), chosen, image.map(Catalog.Image::id).orElse(wanted), null, ordinal));
  }

  private Answer<Catalog.Plan> plan(Optional<String> fallback, String zone, String architecture) {
    Optional<String> name = fallback.or(() -> server.size().plan());
    if (name.isPresent()) {
      return named(name.get());
    }
    return provider.catalog().plans().stream()
        .filter(plan -> !plan.deprecated() && plan.architecture().equals(architecture))
        .filter(plan -> zone.equals(AUTO) || plan.zones().isEmpty() || plan.zones().contains(zone))
        .filter(plan -> plan.cores() >= server.size().cores())
        .filter(plan -> plan.memoryMb() >= server.size().memoryGb() * MB)
        .min(cheapest(zone))
        .map(Answer::of)
        .orElseGet(
            () ->
                Answer.unknown(
                    new Failure.Invalid(
                        "PlanNotFound",
                        "spec.resources: provider %s has no %s plan with %d cores and %d GB; its largest is %s"
                            .formatted(
                                provider.name(),
                                architecture,
                                server.size().cores(),
                                server.size().memoryGb(),
                                largest(architecture)))));
  }

  private String largest(String architecture) {
    return provider.catalog().plans().stream()
        .filter(plan -> !plan.deprecated() && plan.architecture().equals(architecture))
        .max(Comparator.comparing(Catalog.Plan::memoryMb).thenComparing(Catalog.Plan::cores))
        .map(p -> "%s (%d cores, %d GB)".formatted(p.name(), p.cores(), p.memoryMb() / MB))
        .orElse("none");
  }

  /** Providers may sell plans beside those they list: the provider itself refuses wrong names. */
  private Answer<Catalog.Plan> named(String name) {
    return provider.catalog().plans().stream()
        .filter(plan -> plan.name().equals(name))
        .findFirst()
        .map(Answer::of)
        .orElseGet(
            () ->
                provider.type().equals("local")
                    ? Answer.of(new Catalog.Plan(name, 0, 0, "amd64", false, java.util.Set.of()))
                    : Answer.unknown(
                        new Failure.Invalid(
                            "PlanNotFound",
                            "spec.plan: provider %s has no plan %s; it has %s"
                                .formatted(provider.name(), name, plans()))));
  }

  private Comparator<Catalog.Plan> cheapest(String zone) {
    return Comparator.comparing(
            (Catalog.Plan plan) -> hourly(plan, zone),
            Comparator.nullsLast(Comparator.naturalOrder()))
        .thenComparing(Catalog.Plan::cores)
        .thenComparing(Catalog.Plan::memoryMb)
        .thenComparing(Catalog.Plan::name);
  }

  private BigDecimal hourly(Catalog.Plan plan, String zone) {
    String where = zone.equals(AUTO) ? plan.zones().stream().sorted().findFirst().orElse("") : zone;
    Price price = provider.prices().get(plan.name() + "/" + where);
    return price == null ? null : price.hourly();
  }

  private Optional<Catalog.Image> image() {
    String wanted = server.size().image();
    return provider.catalog().images().stream()
        .filter(image -> image.name().equals(wanted) || image.id().equals(wanted))
        .findFirst();
  }

  /** {@code debian-12} is ours and must be known; {@code ami-0abc} is the provider's to judge. */
  private static boolean looksPortable(String image) {
    return image.matches("(debian|ubuntu|rocky|alma|amazon|fedora)-[0-9.]+");
  }

  private List<String> zones() {
    return provider.catalog().zones().stream().map(Catalog.Zone::name).sorted().toList();
  }

  private String names() {
    return provider.catalog().images().stream()
        .map(Catalog.Image::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private String plans() {
    return provider.catalog().plans().stream()
        .map(Catalog.Plan::name)
        .limit(20)
        .collect(Collectors.joining(", "));
  }

  private static <T> Answer<T> invalid(String reason, String message) {
    return Answer.unknown(new Failure.Invalid(reason, message));
  }
}
