package dev.provisioning.controllers.workspace;

import dev.provisioning.api.server.Resources;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.workspace.Limits;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Lookup;
import dev.provisioning.controllers.ports.Quotas;
import dev.provisioning.planning.server.Footprint;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who uses and who was granted how much of which Workspace. Lives in the memory of the leader:
 * there is one book and one writer at a time, so a limit is never exceeded; and a crash leaks
 * nothing and forgets nothing, because the next leader counts every Server that has or may have a
 * machine by what its status says it counts, before it grants anything.
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
  private final List<Consumer<Place>> onChange = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> onRoom = new CopyOnWriteArrayList<>();

  public QuotaBook(Lookup lookup, Clock clock) {
    this.lookup = lookup;
    this.clock = clock;
  }

  /** One Workspace. */
  public record Place(String namespace, String workspace) {}

  private record Entry(Amounts amounts, boolean held, Instant at) {
    boolean same(Entry other) {
      return held == other.held && amounts.equals(other.amounts);
    }
  }

  /** Told, outside all locks, whenever what a Workspace uses may have changed. */
  public void onChange(Consumer<Place> told) {
    onChange.add(told);
  }

  @Override
  public void onRoom(Consumer<String> told) {
    onRoom.add(told);
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
  public Grant reserve(String namespace, String workspace, String uid, Demand demand) {
    Place place = new Place(namespace, workspace);
    boolean held = demand.held().isPresent();
    Map<String, Entry> book = book(place);
    Grant grant;
    Entry before;
    Entry after;
    synchronized (book) {
      before = book.get(uid);
      grant = grant(place, book, uid, demand);
      after = new Entry(amounts(grant.counted()), held, clock.instant());
      if (held || grant.refusal().isEmpty()) {
        book.put(uid, after);
      } else {
        book.remove(uid);
      }
    }
    boolean used = held || before != null && before.held();
    if (used && (before == null || !before.same(after))) {
      onChange.forEach(told -> told.accept(place));
    }
    if (before != null && !before.amounts().minus(after.amounts()).isNothing()) {
      onRoom.forEach(told -> told.accept(place.namespace()));
    }
    return grant;
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
            onChange.forEach(told -> told.accept(place));
            onRoom.forEach(told -> told.accept(place.namespace()));
          }
        });
  }

  private Grant grant(Place place, Map<String, Entry> book, String uid, Demand demand) {
    Amounts present = demand.held().map(QuotaBook::amounts).orElse(Amounts.NONE);
    Amounts more = amounts(demand.goal()).minus(present);
    Entry before = book.get(uid);
    boolean granted = before != null && before.amounts().equals(amounts(demand.goal()));
    Optional<Failure> refusal =
        granted || more.isNothing() ? Optional.empty() : refusal(place, book, uid, present, more);
    Footprint counted = refusal.isEmpty() ? demand.goal() : demand.held().orElse(demand.wished());
    return new Grant(counted, refusal);
  }

  private Optional<Failure> refusal(
      Place place, Map<String, Entry> book, String uid, Amounts present, Amounts more) {
    Optional<Limits> limits =
        lookup
            .workspace(place.namespace(), place.workspace())
            .map(workspace -> Presets.limits(workspace.getSpec()));
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    refresh(place, book);
    Amounts uses = sum(book, uid, true).plus(present);
    Amounts reserved = sum(book, uid, false);
    return new QuotaCheck(place.workspace(), limits.get(), uses, reserved).refuses(more);
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

  /** As its status has it; a status of before there was such a field is guessed from the spec. */
  private static Amounts estimate(Server server) {
    Optional<Footprint> recorded = Footprint.recorded(server.getStatus());
    if (recorded.isPresent()) {
      return amounts(recorded.get());
    }
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

  private static Amounts amounts(Footprint one) {
    return new Amounts(1, one.cores(), one.memoryGb(), one.storageGb(), one.monthlyCost());
  }
}
