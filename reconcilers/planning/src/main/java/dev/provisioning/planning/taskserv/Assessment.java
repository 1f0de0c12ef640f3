package dev.provisioning.planning.taskserv;

import dev.provisioning.api.OnFailure;
import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.RevisionResult;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.definition.DefinitionRules;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is concluded from an input: the same for the plan and for the status.
 *
 * @param refusal why nothing can be planned for any machine
 * @param dependency what must be there first, also when all is installed
 * @param missing requirements that nothing meets
 * @param members the machines of the service, and those that it shall leave
 * @param rejected the wanted revision failed: the one before it is put back
 */
record Assessment(
    TaskServInput input,
    Remembered remembered,
    Optional<Resolution> resolution,
    Optional<Failure> refusal,
    Optional<Failure> dependency,
    List<Relations.Missing> missing,
    List<MemberState> members,
    Optional<HistoryEntry> rejected) {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  static Assessment of(TaskServInput input) {
    Remembered remembered = Remembered.of(input);
    if (input.ref().deleting()) {
      return new Departure(input, remembered).assess();
    }
    try {
      Resolution resolution =
          Resolution.of(input, key -> Optional.ofNullable(input.world().secrets().get(key)));
      return new Builder(input, remembered, resolution).build();
    } catch (Refused e) {
      return new Assessment(
          input,
          remembered,
          Optional.empty(),
          Optional.of(e.failure()),
          Optional.empty(),
          List.of(),
          rest(remembered, List.of()),
          Optional.empty());
    }
  }

  List<MemberState> targets() {
    return members.stream().filter(MemberState::target).toList();
  }

  boolean rollsBack() {
    return rejected.isPresent();
  }

  /** Members of the last status, as they are. */
  private static List<MemberState> rest(Remembered remembered, List<String> without) {
    List<MemberState> result = new ArrayList<>();
    for (MemberStatus status : remembered.members().values()) {
      if (!without.contains(status.name())) {
        result.add(
            new MemberState(
                status.name(),
                true,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                remembered.retryAt(TaskServAction.operationKey(status.name()))));
      }
    }
    return result;
  }

  private record Builder(TaskServInput input, Remembered remembered, Resolution resolution) {
    Assessment build() {
      Relations relations = new Relations(input, resolution.effective().spec());
      Optional<Failure> refusal = refusal(relations);
      List<Relations.Missing> missing = relations.missing(resolution.targets());
      Optional<Failure> dependency = dependency(relations, missing);
      List<MemberState> wished = states(Optional.empty(), relations, missing);
      Optional<HistoryEntry> rejected = rejected(wished);
      Optional<Revision> back = rejected.flatMap(r -> lastGood());
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

    private Optional<Failure> refusal(Relations relations) {
      List<String> problems = DefinitionRules.check(resolution.definition());
      if (!problems.isEmpty()) {
        return Optional.of(
            new Failure.Invalid(
                "DefinitionInvalid",
                "TaskServDefinition %s: %s"
                    .formatted(resolution.effective().definition(), problems.getFirst())));
      }
      return relations.cycle().or(this::secret);
    }

    private Optional<Failure> secret() {
      return resolution.missingSecrets().stream()
          .sorted()
          .findFirst()
          .map(
              key ->
                  new Failure.Waiting(
                      "SecretMissing",
                      "Secret %s has no key %s; create it".formatted(key.secret(), key.key()),
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
      MemberPlanner planner = new MemberPlanner(input, remembered, goal, back);
      return resolution.targets().stream()
          .map(server -> gated(planner.state(server), new Place(server, goal, relations, missing)))
          .toList();
    }

    private record Place(
        ServerFacts server,
        Resolution goal,
        Relations relations,
        List<Relations.Missing> missing) {}

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
              .or(() -> relations.busy(server.name()));
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
          "%s needs %s%s on %s, and no TaskServ provides it there"
              .formatted(
                  resolution.effective().definition(),
                  missing.requirement().name(),
                  range,
                  String.join(", ", missing.servers())),
          RECHECK);
    }

    private Optional<Revision> lastGood() {
      return input
          .status()
          .map(TaskServStatus::lastGood)
          .filter(good -> !good.configHash().equals(resolution.revisionHash()));
    }

    private Optional<HistoryEntry> rejected(List<MemberState> wished) {
      if (resolution.effective().spec().onFailure() != OnFailure.Rollback || lastGood().isEmpty()) {
        return Optional.empty();
      }
      Optional<HistoryEntry> before = input.status().map(TaskServStatus::rejected);
      if (before.filter(this::stillHolds).isPresent()) {
        return before;
      }
      long failed = wished.stream().filter(m -> m.failed() || Gates.sick(m, wished)).count();
      if (failed < Rollout.stopAfter(resolution.effective().spec().strategy())) {
        return Optional.empty();
      }
      String version =
          wished.stream()
              .flatMap(m -> m.design().stream())
              .map(d -> d.version())
              .findFirst()
              .orElse(resolution.effective().spec().version());
      return Optional.of(
          new HistoryEntry(
              version,
              resolution.revisionHash(),
              Remembered.seconds(input.now()),
              RevisionResult.Failed));
    }

    private boolean stillHolds(HistoryEntry entry) {
      TaskServStatus status = input.status().orElseThrow();
      String token = input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null);
      return entry.configHash().equals(resolution.revisionHash())
          && Objects.equals(status.observedGeneration(), input.ref().generation())
          && Objects.equals(status.lastHandledReconcileAt(), token);
    }
  }
}
