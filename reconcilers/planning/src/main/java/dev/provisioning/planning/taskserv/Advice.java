package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Protocol;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.ServicePort;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.planning.taskserv.design.Ports;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What stops nothing and should be known before it hurts. Deterministic; shown with the plan. */
final class Advice {
  private static final int MOST = 16;

  private final World world;
  private final List<Word> words = new ArrayList<>();

  private Advice(World world) {
    this.world = world;
  }

  /** {@code told}: worth an event of its own. */
  record Word(boolean told, String reason, String sentence) {}

  static List<Word> of(Assessment assessment) {
    if (assessment.resolution().isEmpty() || assessment.input().ref().deleting()) {
      return List.of();
    }
    Advice advice = new Advice(assessment.input().world());
    Resolution resolution = assessment.resolution().get();
    advice.endOfLife(assessment, resolution.definition());
    for (MemberState member : assessment.targets()) {
      advice.ports(member, resolution);
    }
    advice.recommendations(assessment, resolution);
    return advice.words.stream().limit(MOST).toList();
  }

  private void endOfLife(Assessment assessment, TaskServDefinitionSpec definition) {
    LocalDate today = assessment.input().now().atOffset(ZoneOffset.UTC).toLocalDate();
    TreeMap<String, LocalDate> ended = new TreeMap<>();
    assessment.targets().stream()
        .flatMap(member -> member.design().stream())
        .map(Design::version)
        .forEach(
            version ->
                end(definition, version)
                    .filter(date -> !today.isBefore(date))
                    .ifPresent(date -> ended.put(version, date)));
    ended.forEach(
        (version, date) ->
            words.add(
                new Word(
                    true,
                    "EndOfLife",
                    "%s %s gets no fixes any more since %s: plan an upgrade"
                        .formatted(assessment.input().ref().name(), version, date))));
  }

  private static Optional<LocalDate> end(TaskServDefinitionSpec definition, String version) {
    return definition.versions().stream()
        .filter(spec -> spec.version().equals(version) && spec.endOfLife() != null)
        .findFirst()
        .flatMap(spec -> date(spec.endOfLife()));
  }

  /** A date that no calendar has warns of nothing. */
  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What another service has not told yet is taken for usual, so this is no refusal. */
  private void ports(MemberState member, Resolution resolution) {
    Optional<ServerFacts> server = world.server(member.name());
    JsonNode config = resolution.configuration().plain();
    String role = member.design().map(d -> d.member().role()).orElse("");
    List<ServicePort> own =
        resolution.definition().ports().stream().filter(p -> listens(p, role)).toList();
    for (OtherTaskServ other : server.isEmpty() ? List.<OtherTaskServ>of() : others(server.get())) {
      List<OpenPort> told = other.status().map(TaskServStatus::ports).orElse(List.of());
      for (ServicePort port : theirs(other, member.name())) {
        own.stream()
            .filter(mine -> protocol(mine) == protocol(port))
            .flatMap(mine -> Ports.numbers(mine, config).stream())
            .filter(numbers(port, told)::contains)
            .distinct()
            .forEach(number -> clash(other, port, number, member.name()));
      }
    }
  }

  private List<ServicePort> theirs(OtherTaskServ other, String server) {
    TaskServDefinitionSpec definition = world.definitions().get(other.definition());
    return definition == null
        ? List.of()
        : definition.ports().stream().filter(port -> listens(port, role(other, server))).toList();
  }

  /** A port that only the machine itself reaches is not told. */
  private static List<Integer> numbers(ServicePort port, List<OpenPort> told) {
    return told.isEmpty() || Boolean.TRUE.equals(port.local())
        ? List.of(port.port())
        : told.stream()
            .filter(one -> one.name().equals(port.name()))
            .flatMap(one -> one.numbers().stream())
            .toList();
  }

  private void clash(OtherTaskServ other, ServicePort port, int number, String server) {
    words.add(
        new Word(
            true,
            "PortClash",
            "TaskServ %s (%s) usually listens on port %d/%s of %s too: give one of them another"
                .formatted(
                    other.name(),
                    other.definition(),
                    number,
                    protocol(port).name().toLowerCase(java.util.Locale.ROOT),
                    server)));
  }

  private List<OtherTaskServ> others(ServerFacts server) {
    return world.taskServs().stream()
        .filter(other -> !other.ref().deleting() && Targeting.means(other.spec(), server))
        .sorted(java.util.Comparator.comparing(OtherTaskServ::name))
        .toList();
  }

  private static String role(OtherTaskServ other, String server) {
    return other.member(server).map(MemberStatus::role).orElse("");
  }

  private static boolean listens(ServicePort port, String role) {
    return port.role() == null || port.role().equals(role);
  }

  private static Protocol protocol(ServicePort port) {
    return Objects.requireNonNullElse(port.protocol(), Protocol.Tcp);
  }

  private void recommendations(Assessment assessment, Resolution resolution) {
    Relations relations =
        new Relations(new Neighbourhood(assessment.input(), resolution.effective().spec()));
    for (Relations.Missing missing :
        relations.notThere(resolution.definition().recommends(), resolution.targets())) {
      words.add(
          new Word(
              false,
              "Recommended",
              "%s recommends %s, which no TaskServ provides on %s"
                  .formatted(
                      resolution.effective().definition(),
                      missing.requirement().name(),
                      String.join(", ", missing.servers()))));
    }
  }
}
