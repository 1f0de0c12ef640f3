package dev.provisioning.controllers.workspace;

import dev.provisioning.api.server.Resources;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.workspace.Limits;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Lookup;
import dev.provisioning.controllers.ports.Quotas;
import dev.provisioning.planning.workspace.Amounts;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.planning.workspace.QuotaCheck;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import dev.provisioning.spi.model.Failure;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who uses and who reserved how much of which Workspace. Lives in the memory of the leader: there
 * is one book and one writer at a time, so a limit is never exceeded; and a crash leaks nothing,
 * because the next leader counts every Server that has or may have a machine before it grants
 * anything.
 */
public final class QuotaBook implements Quotas {
  private static final int DEFAULT_CORES = 2;
  private static final int DEFAULT_MEMORY_GB = 4;
  private static final int DEFAULT_DISK_GB = 25;

  /** A Server this young may not be in our cache yet. */
  private static final Duration CACHE_LAG = Duration.ofSeconds(30);

  private final Lookup lookup;
  private final Clock clock;
  private final Map<Place, Map<String, Entry>> books = new ConcurrentHashMap<>();
  private volatile Consumer<Place> listener = place -> {};

  public QuotaBook(Lookup lookup, Clock clock) {
    this.lookup = lookup;
    this.clock = clock;
  }

  /** One Workspace. */
  public record Place(String namespace, String workspace) {}

  private record Entry(Amounts amounts, boolean held, Instant at) {}

  /** Told, outside all locks, whenever what a Workspace uses may have changed. */
  public void onChange(Consumer<Place> told) {
    this.listener = told;
  }

  /** What exists or may exist. */
  public Amounts uses(String namespace, String workspace) {
    Place place = new Place(namespace, workspace);
    Map<String, Entry> book = book(place);
    synchronized (book) {
      refresh(place, book);
      return sum(book, "", true);
    }
  }

  @Override
  public Optional<Failure> reserve(
      String namespace, String workspace, String uid, Usage usage, boolean held) {
    Place place = new Place(namespace, workspace);
    Entry wanted = new Entry(amounts(usage), held, clock.instant());
    Map<String, Entry> book = book(place);
    boolean changed;
    synchronized (book) {
      Entry before = book.get(uid);
      if (before != null && before.held() == held && before.amounts().equals(wanted.amounts())) {
        return Optional.empty();
      }
      Optional<Failure> refusal = held ? Optional.empty() : refusal(place, book, uid, wanted);
      if (refusal.isPresent()) {
        return refusal;
      }
      book.put(uid, wanted);
      changed = held || (before != null && before.held());
    }
    if (changed) {
      listener.accept(place);
    }
    return Optional.empty();
  }

  @Override
  public void release(String uid) {
    books.forEach(
        (place, book) -> {
          boolean removed;
          synchronized (book) {
            removed = book.remove(uid) != null;
          }
          if (removed) {
            listener.accept(place);
          }
        });
  }

  private Optional<Failure> refusal(
      Place place, Map<String, Entry> book, String uid, Entry wanted) {
    Optional<Limits> limits =
        lookup
            .workspace(place.namespace(), place.workspace())
            .map(workspace -> Presets.limits(workspace.getSpec()));
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    refresh(place, book);
    Amounts uses = sum(book, uid, true);
    Amounts reserved = sum(book, uid, false);
    return new QuotaCheck(place.workspace(), limits.get(), uses, reserved)
        .refuses(wanted.amounts());
  }

  private Map<String, Entry> book(Place place) {
    return books.computeIfAbsent(place, p -> new HashMap<>());
  }

  /** Counts machines whose Server did not report since our start; forgets Servers that are gone. */
  private void refresh(Place place, Map<String, Entry> book) {
    List<String> names =
        lookup.workspaces(place.namespace()).stream()
            .map(Workspace::getMetadata)
            .map(meta -> meta.getName())
            .toList();
    Set<String> known = new HashSet<>();
    for (Server server : lookup.servers(place.namespace())) {
      String uid = server.getMetadata().getUid();
      known.add(uid);
      if (mayHaveMachine(server) && belongs(server, place, names)) {
        book.putIfAbsent(uid, new Entry(estimate(server), true, clock.instant()));
      }
    }
    Instant old = clock.instant().minus(CACHE_LAG);
    book.entrySet().removeIf(e -> !known.contains(e.getKey()) && e.getValue().at().isBefore(old));
  }

  private static boolean mayHaveMachine(Server server) {
    ServerStatus status = server.getStatus();
    return status != null && (status.machine() != null || status.intent() != null);
  }

  private static boolean belongs(Server server, Place place, List<String> names) {
    return WorkspaceChoice.of(server.getSpec().workspace(), names, place.namespace())
            instanceof WorkspaceChoice.Chosen(String name)
        && name.equals(place.workspace());
  }

  /** Until the Server itself says more exactly what it is. */
  private static Amounts estimate(Server server) {
    Resources asked = server.getSpec().resources();
    int cores = asked == null ? DEFAULT_CORES : Objects.requireNonNullElse(asked.cores(), 1);
    int memory =
        asked == null ? DEFAULT_MEMORY_GB : Objects.requireNonNullElse(asked.memoryGb(), 1);
    return new Amounts(1, cores, memory, DEFAULT_DISK_GB, BigDecimal.ZERO);
  }

  private static Amounts sum(Map<String, Entry> book, String except, boolean held) {
    return book.entrySet().stream()
        .filter(each -> !each.getKey().equals(except) && each.getValue().held() == held)
        .map(each -> each.getValue().amounts())
        .reduce(Amounts.NONE, Amounts::plus);
  }

  private static Amounts amounts(Usage usage) {
    return new Amounts(
        usage.servers(),
        usage.cores(),
        usage.memoryGb(),
        usage.storageGb(),
        usage.monthlyCost().orElse(BigDecimal.ZERO));
  }
}
