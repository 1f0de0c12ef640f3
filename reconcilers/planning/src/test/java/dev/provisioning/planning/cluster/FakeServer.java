package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Cost;
import dev.provisioning.api.server.AddressType;
import dev.provisioning.api.server.MachineStatusBuilder;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.ServerAddress;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A Server whose controller needs a few steps for everything; it can be broken and be wrong. */
final class FakeServer {
  final String name;
  final String uid;
  final Map<String, String> labels;
  ServerSpec spec;
  long generation = 1;
  Instant deletedAt;
  ServerStatus status;
  boolean dead;

  /** Runs as far as its provider knows, and answers nobody. */
  boolean silent;

  /** Somebody stopped it at its provider. */
  boolean stopped;

  boolean abandoned;

  /** The Cluster has given it up; should it come back now, services leave it in any order. */
  boolean condemned;

  private int busy = 2;

  FakeServer(String name, String uid, Map<String, String> labels, ServerSpec spec) {
    this.name = name;
    this.uid = uid;
    this.labels = labels;
    this.spec = spec;
  }

  void change(ServerSpec wish, Map<String, String> more) {
    if (!spec.equals(wish)) {
      spec = wish;
      generation++;
      busy = 1;
    }
    labels.putAll(more);
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

  boolean up() {
    return status != null && status.machine() != null && !dead && !silent;
  }

  /** One look of its controller. True when it is gone. */
  boolean step(boolean used, boolean isProtected) {
    if (deletedAt != null && isProtected) {
      told(Phase.Deleting, false, "DeletionProtected", "deletion is protected", true);
      return false;
    }
    if (deletedAt != null) {
      if (!used) {
        return true;
      }
      told(Phase.Deleting, false, "InUse", "TaskServs still target this Server", false);
      return false;
    }
    if ("huge".equals(spec.plan())) {
      told(Phase.Pending, false, "PlanNotFound", "spec.plan: there is no plan huge", true);
    } else if (dead) {
      told(Phase.Pending, false, "MachineNotFound", "the machine is gone", true);
    } else if (stopped) {
      told(Phase.Pending, false, "MachineStopped", "the machine was stopped", true);
    } else if (busy > 0) {
      busy--;
      boolean exists = status != null && status.machine() != null;
      told(
          exists ? Phase.Updating : Phase.Creating,
          false,
          exists ? "ResizeMachine" : "CreateMachine",
          exists ? "the machine is being changed" : "the machine is being made",
          false);
    } else {
      told(Phase.Ready, true, "Ready", "runs", false);
    }
    return false;
  }

  private void told(Phase phase, boolean ready, String reason, String message, boolean stalled) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition("Ready", ready, reason, message));
    if (stalled) {
      conditions.add(condition("Stalled", true, reason, message));
    } else if (!ready) {
      conditions.add(condition("Reconciling", true, reason, message));
    }
    boolean made = ready || status != null && status.machine() != null;
    status =
        ServerStatusBuilder.builder()
            .observedGeneration(generation)
            .phase(phase)
            .conditions(conditions)
            .machine(
                made
                    ? MachineStatusBuilder.builder()
                        .id("m-" + uid)
                        .plan(spec.plan())
                        .zone(zone())
                        .build()
                    : null)
            .addresses(
                made
                    ? List.of(new ServerAddress(AddressType.PublicIpv4, "10.0.0." + uid))
                    : List.of())
            .cost(made ? new Cost("0.0100", "7.00", "EUR") : null)
            .build();
  }

  private String zone() {
    return spec.zone() == null ? "a" : spec.zone();
  }

  static Condition condition(String type, boolean holds, String reason, String message) {
    return new Condition(
        type,
        holds ? ConditionStatus.True : ConditionStatus.False,
        reason,
        message,
        Instant.EPOCH,
        1L);
  }

  ServerChild child(String namespace) {
    return new ServerChild(
        new ResourceRef(
            "Server",
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
