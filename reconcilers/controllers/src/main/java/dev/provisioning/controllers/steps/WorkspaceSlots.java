package dev.provisioning.controllers.steps;

import dev.provisioning.planning.taskserv.Places;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many operations of a Workspace run on machines at once, of TaskServs and of workflows. A
 * limit that is lowered lets running operations end; nobody waits here, because a waiting effect
 * would hold a place of the runner that another Workspace could use.
 */
public final class WorkspaceSlots {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Map<String, Integer> running = new HashMap<>();

  /** A place, until it is closed. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** Whose places, and how many there are. */
  public record Room(String namespace, String workspace, int limit) {}

  /** Fails with {@code Waiting(OperationsLimited)} when all places are taken. */
  public Slot take(Room room) {
    String key = room.namespace() + "/" + room.workspace();
    synchronized (running) {
      int now = running.getOrDefault(key, 0);
      if (now >= room.limit()) {
        throw new ProviderException(
            new Failure.Waiting(
                TaskServAction.OPERATIONS_LIMITED,
                Places.sentence(room.workspace(), room.limit()),
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
