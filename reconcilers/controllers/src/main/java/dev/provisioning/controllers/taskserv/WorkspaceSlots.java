package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.workspace.Limits;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many operations of a Workspace run on machines at once. A limit that is lowered lets running
 * operations end; nobody waits here, because a waiting effect would hold a place of the runner that
 * another Workspace could use.
 */
final class WorkspaceSlots {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Map<String, Integer> running = new HashMap<>();

  /** A place, until it is closed. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** Whose places, and how many there are; without a limit, any number. */
  record Room(String namespace, String workspace, OptionalInt limit) {
    static Room of(TaskServInput input) {
      return input
          .world()
          .workspace()
          .map(view -> new Room(input.ref().namespace(), view.name(), limit(view.spec().limits())))
          .orElse(new Room(input.ref().namespace(), "", OptionalInt.empty()));
    }

    private static OptionalInt limit(Limits limits) {
      return limits == null || limits.concurrentOperations() == null
          ? OptionalInt.empty()
          : OptionalInt.of(limits.concurrentOperations());
    }
  }

  /** Fails with {@code Waiting(OperationsLimited)} when all places are taken. */
  Slot take(Room room) {
    String key = room.namespace() + "/" + room.workspace();
    OptionalInt limit = room.limit();
    synchronized (running) {
      int now = running.getOrDefault(key, 0);
      if (limit.isPresent() && now >= limit.getAsInt()) {
        throw new ProviderException(
            new Failure.Waiting(
                "OperationsLimited",
                "Workspace %s allows %d operations at once, and as many run"
                    .formatted(room.workspace(), limit.getAsInt()),
                AGAIN));
      }
      running.put(key, now + 1);
    }
    return () -> giveBack(key);
  }

  private void giveBack(String key) {
    synchronized (running) {
      running.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }
  }
}
