package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.planning.taskserv.definition.DefinitionRules;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Concludes, of a TaskServ that stays, what is to be done on each machine and what is in the way.
 */
record Assessor(TaskServInput input, Remembered remembered, Resolution resolution) {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  Assessment assess() {
    Neighbourhood neighbourhood = new Neighbourhood(input, resolution.effective().spec());
    Relations relations = new Relations(neighbourhood);
    Optional<Failure> refusal = refusal(new DependencyGraph(neighbourhood));
    List<Relations.Missing> missing = relations.missing(resolution.targets());
    Optional<Failure> dependency = dependency(relations, missing);
    List<MemberState> wished = states(Optional.empty(), relations, missing);
    Rejection rejection = new Rejection(input, resolution);
    Optional<HistoryEntry> rejected = rejection.of(wished);
    Optional<Revision> back = rejected.flatMap(r -> rejection.lastGood());
    List<MemberState> members =
        new ArrayList<>(back.isPresent() ? states(back, relations, missing) : wished);
    members.addAll(new Departure(input, remembered).leftovers(resolution));
    return new Assessment(
        input,
        remembered,
        Optional.of(resolution),
        refusal,
        dependency,
        missing,
        members,
        rejected);
  }

  private Optional<Failure> refusal(DependencyGraph graph) {
    List<String> problems = DefinitionRules.check(resolution.definition());
    if (!problems.isEmpty()) {
      return Optional.of(
          new Failure.Invalid(
              "DefinitionInvalid",
              "TaskServDefinition %s: %s"
                  .formatted(resolution.effective().definition(), problems.getFirst())));
    }
    return graph.cycle().or(this::secret);
  }

  private Optional<Failure> secret() {
    return resolution.missingSecrets().stream()
        .sorted()
        .findFirst()
        .map(
            key ->
                new Failure.Waiting(
                    "SecretMissing",
                    "Secret %s is missing or has no key %s; create it, then it goes on"
                        .formatted(key.secret(), key.key()),
                    RECHECK));
  }

  private Optional<Failure> dependency(Relations relations, List<Relations.Missing> missing) {
    if (!missing.isEmpty()) {
      return Optional.of(missing(missing.getFirst()));
    }
    return relations
        .waitsForNamed()
        .or(
            () ->
                resolution.targets().stream()
                    .flatMap(server -> relations.waitsFor(server).stream())
                    .findFirst());
  }

  private List<MemberState> states(
      Optional<Revision> back, Relations relations, List<Relations.Missing> missing) {
    Resolution goal =
        back.map(
                revision ->
                    resolution.at(
                        revision,
                        input,
                        key -> Optional.ofNullable(input.world().secrets().get(key))))
            .orElse(resolution);
    MemberPlanner planner = new MemberPlanner(new Wish(input, remembered, goal, back));
    return resolution.targets().stream()
        .map(server -> gated(planner.state(server), new Place(server, goal, relations, missing)))
        .toList();
  }

  private record Place(
      ServerFacts server, Resolution goal, Relations relations, List<Relations.Missing> missing) {}

  /** What stands in the way on this one machine. */
  private MemberState gated(MemberState state, Place place) {
    if (state.wanted().isEmpty() || state.inFlight()) {
      return state;
    }
    ServerFacts server = place.server();
    Relations relations = place.relations();
    Optional<Failure> gate =
        relations
            .conflict(server)
            .or(() -> without(server, place.missing()))
            .or(() -> relations.waitsFor(server))
            .or(relations::waitsForNamed)
            .or(() -> Gates.addresses(place.goal()))
            .or(() -> relations.busy(server.name()))
            .or(() -> Gates.window(input, state));
    return gate.isEmpty() ? state : state.stopped(gate.get());
  }

  private Optional<Failure> without(ServerFacts server, List<Relations.Missing> missing) {
    return missing.stream()
        .filter(m -> m.servers().contains(server.name()))
        .findFirst()
        .map(this::missing);
  }

  private Failure missing(Relations.Missing missing) {
    String range =
        missing.requirement().version() == null ? "" : " " + missing.requirement().version();
    return new Failure.Waiting(
        "DependencyMissing",
        "%s needs %s%s on %s, and no TaskServ provides it there; create one, or set spec.dependencies: Install"
            .formatted(
                resolution.effective().definition(),
                missing.requirement().name(),
                range,
                String.join(", ", missing.servers())),
        RECHECK);
  }
}
