package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.CheckStatus;
import dev.provisioning.api.taskserv.HealthStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.MemberStatusBuilder;
import dev.provisioning.api.taskserv.Phase;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.taskserv.TaskServStatusBuilder;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A TaskServ whose controller works on one machine a step; a configuration can be bad. */
final class FakeTaskServ {
  final String name;
  final String uid;
  final Map<String, String> labels;
  TaskServSpec spec;
  long generation = 1;
  Instant deletedAt;
  TaskServStatus status;

  /** Its uninstallation fails. */
  boolean stuck;

  /** Machines that did not answer at the last look. */
  private final Set<String> deaf = new HashSet<>();

  /** Role by machine, as the labels of the machines say. */
  private final Map<String, String> roles = new TreeMap<>();

  /** Configuration by machine. */
  final Map<String, String> installed = new TreeMap<>();

  FakeTaskServ(String name, String uid, Map<String, String> labels, TaskServSpec spec) {
    this.name = name;
    this.uid = uid;
    this.labels = labels;
    this.spec = spec;
  }

  void change(TaskServSpec wish) {
    if (!spec.equals(wish)) {
      spec = wish;
      generation++;
    }
  }

  void protect(Boolean wish) {
    if (!Objects.equals(spec.deletionProtection(), wish)) {
      spec = spec.withDeletionProtection(wish);
      generation++;
    }
  }

  void delete(Instant now) {
    if (deletedAt == null) {
      deletedAt = now;
      generation++;
    }
  }

  private String wanted() {
    return spec.version() + " " + spec.config();
  }

  private boolean bad() {
    return spec.config().containsKey("broken") || "0-broken".equals(spec.version());
  }

  /** One look of its controller. True when it is gone. */
  boolean step(FakeWorld world) {
    deaf.clear();
    installed.keySet().forEach(server -> roles.put(server, world.role(server, name)));
    installed.keySet().stream().filter(world::silent).forEach(deaf::add);
    if (deletedAt != null && world.holds(spec.deletionProtection())) {
      told(Phase.Uninstalling, "DeletionProtected", "deletion is protected", true);
      return false;
    }
    if (deletedAt != null && stuck) {
      told(Phase.Uninstalling, "StepFailed", "step 1/1 stop failed", true);
      return false;
    }
    if (deletedAt != null) {
      if (world.dependedOn(name)) {
        told(Phase.Uninstalling, "DeletionBlocked", "waits until its dependants are gone", false);
        return false;
      }
      return uninstallOne(world, List.of());
    }
    uninstallOne(world, spec.servers().names());
    Optional<String> next =
        spec.servers().names().stream()
            .filter(server -> !wanted().equals(installed.get(server)))
            .findFirst();
    if (next.isPresent()) {
      work(world, next.get());
    } else {
      boolean alive = spec.servers().names().stream().allMatch(world::up);
      told(
          alive ? Phase.Ready : Phase.Degraded,
          alive ? "Running" : "Unhealthy",
          alive ? "runs" : "a machine does not answer",
          !alive);
    }
    return false;
  }

  private void work(FakeWorld world, String server) {
    boolean free = spec.dependsOn().stream().allMatch(d -> world.healthyOn(d.name()));
    if (!free || !world.up(server)) {
      told(
          Phase.Installing, "DependencyNotReady", "waits for " + (free ? server : "others"), false);
    } else if (bad()) {
      told(Phase.Degraded, "StepFailed", "step 2/3 start failed on " + server, true);
    } else {
      installed.put(server, wanted());
      boolean last =
          spec.servers().names().stream().allMatch(s -> wanted().equals(installed.get(s)));
      told(
          last ? Phase.Ready : Phase.Installing,
          last ? "Running" : "Installing",
          last ? "runs" : "install on " + server,
          false);
    }
  }

  private boolean uninstallOne(FakeWorld world, List<String> keep) {
    for (String server : List.copyOf(installed.keySet())) {
      if (!keep.contains(server)) {
        if (world.up(server) || world.givenUp(server)) {
          installed.remove(server);
          world.uninstalled(name, server);
        }
        told(Phase.Uninstalling, "Uninstalling", "uninstall from " + server, false);
        return false;
      }
    }
    return installed.isEmpty();
  }

  private void told(Phase phase, String reason, String message, boolean stalled) {
    boolean ready = phase == Phase.Ready;
    List<Condition> conditions = new ArrayList<>();
    conditions.add(FakeServer.condition("Ready", ready, reason, message));
    if (stalled) {
      conditions.add(FakeServer.condition("Stalled", true, reason, message));
    } else if (!ready) {
      conditions.add(FakeServer.condition("Reconciling", true, reason, message));
    }
    status =
        TaskServStatusBuilder.builder()
            .observedGeneration(generation)
            .phase(phase)
            .conditions(conditions)
            .installedVersion(ready ? "1.0" : null)
            .ready(installed.size() + "/" + spec.servers().names().size())
            .servers(installed.keySet().stream().map(s -> member(s, roles.get(s))).toList())
            .build();
  }

  private MemberStatus member(String server, String role) {
    boolean silent = deaf.contains(server);
    CheckStatus check =
        silent
            ? new CheckStatus("page", false, "cannot reach admin@10.0.0.1:22: timed out", true)
            : new CheckStatus("page", true, null, null);
    return MemberStatusBuilder.builder()
        .name(server)
        .role(role)
        .phase(silent ? MemberPhase.Unhealthy : MemberPhase.Ready)
        .health(new HealthStatus(!silent, Instant.EPOCH, List.of(check)))
        .version("1.0")
        .operationId("op")
        .build();
  }

  TaskServChild child(String namespace) {
    return new TaskServChild(
        new ResourceRef(
            "TaskServ",
            namespace,
            name,
            uid,
            generation,
            Instant.EPOCH,
            Optional.ofNullable(deletedAt),
            labels,
            Map.of()),
        spec,
        Optional.ofNullable(status));
  }
}
