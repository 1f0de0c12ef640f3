package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * The places for operations that a Workspace has left, as far as statuses tell: they may lag, so
 * the shell counts once more before it starts anything.
 */
public final class Places {
  /** Whoever ends wakes us; this is for wake-ups that get lost. */
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final Optional<WorkspaceView> workspace;
  private long free;
  private boolean refused;

  private Places(Optional<WorkspaceView> workspace, long free) {
    this.workspace = workspace;
    this.free = free;
  }

  static Places of(Assessment assessment) {
    World world = assessment.input().world();
    long own = assessment.members().stream().filter(MemberState::inFlight).count();
    return new Places(
        world.workspace(),
        world
            .workspace()
            .map(view -> view.pace().operations() - own - others(world, view))
            .orElse(0L));
  }

  private static long others(World world, WorkspaceView view) {
    return world.taskServs().stream()
        .flatMap(other -> other.status().stream())
        .flatMap(status -> status.servers().stream())
        .filter(member -> Phases.inFlight(member).isPresent())
        .flatMap(member -> world.server(member.name()).stream())
        .filter(server -> server.workspace().equals(view.name()))
        .count();
  }

  /** True once per free place. */
  boolean take() {
    if (workspace.isPresent() && free <= 0) {
      refused = true;
      return false;
    }
    free--;
    return true;
  }

  /** Present after a place was refused. */
  Optional<Failure> refusal() {
    return workspace
        .filter(view -> refused)
        .map(
            view ->
                new Failure.Waiting(
                    TaskServAction.OPERATIONS_LIMITED,
                    sentence(view.name(), view.pace().operations()),
                    RECHECK));
  }

  /** Why an operation of a Workspace does not start yet. */
  public static String sentence(String workspace, int limit) {
    return "Workspace %s allows %d %s at once, and as many run"
        .formatted(workspace, limit, limit == 1 ? "operation" : "operations");
  }
}
