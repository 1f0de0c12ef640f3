package dev.provisioning.planning.taskserv;

import dev.provisioning.api.DataPolicy;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which machines a service leaves: all when it is deleted, else those that it shall leave. */
final class Departure {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final TaskServInput input;
  private final Remembered remembered;

  Departure(TaskServInput input, Remembered remembered) {
    this.input = input;
    this.remembered = remembered;
  }

  /** The whole TaskServ goes. */
  Assessment assess() {
    boolean isProtected = isProtected();
    Optional<DestroyGrant> grant = DestroyGrant.fromDeletion(input.ref(), isProtected);
    LeavingPlanner planner =
        new LeavingPlanner(
            input,
            remembered,
            grant.filter(g -> input.spec().dataPolicy() == DataPolicy.Delete),
            Optional.empty());
    List<MemberState> members =
        remembered.members().values().stream()
            .flatMap(status -> planner.state(status).stream())
            .toList();
    return new Assessment(
        input,
        remembered,
        Optional.empty(),
        isProtected ? Optional.of(protection()) : dependants(),
        Optional.empty(),
        List.of(),
        members,
        Optional.empty());
  }

  /** Machines that the spec does not name any more; their data always stays. */
  List<MemberState> leftovers(Resolution resolution) {
    List<String> targets = resolution.targets().stream().map(ServerFacts::name).toList();
    LeavingPlanner planner =
        new LeavingPlanner(input, remembered, Optional.empty(), Optional.of(resolution));
    return remembered.members().values().stream()
        .filter(status -> !targets.contains(status.name()))
        .flatMap(status -> planner.state(status).stream())
        .toList();
  }

  private boolean isProtected() {
    Boolean own = input.spec().deletionProtection();
    return own != null
        ? own
        : input.world().workspace().map(WorkspaceView::deletionProtection).orElse(false);
  }

  private static Failure protection() {
    return new Failure.Conflict(
        "DeletionProtected",
        "deletion protection is on: nothing is uninstalled until spec.deletionProtection is false");
  }

  private Optional<Failure> dependants() {
    DependencyGraph graph = new DependencyGraph(new Neighbourhood(input, input.spec()));
    List<String> needing = graph.dependants();
    List<String> staying = needing.stream().filter(name -> !graph.leaving(name)).toList();
    if (!staying.isEmpty()) {
      return Optional.of(
          new Failure.Conflict(
              "DeletionBlocked",
              "TaskServ %s needs %s; delete or change it first"
                  .formatted(String.join(", ", staying), input.ref().name())));
    }
    return needing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Failure.Waiting(
                "DeletionBlocked",
                "waits until TaskServ %s is uninstalled".formatted(String.join(", ", needing)),
                RECHECK));
  }
}
