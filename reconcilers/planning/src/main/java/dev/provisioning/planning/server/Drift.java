package dev.provisioning.planning.server;

import dev.provisioning.api.DriftEntry;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody else changed: the machine differs from what the operator last brought it to. A wish
 * that differs from that is a change of the spec, not drift.
 */
final class Drift {
  static final String PLAN = "plan";
  static final String POWER = "powerState";
  static final String FIREWALL = "network.firewall";
  static final String TAGS = "tags.";

  private Drift() {}

  /** One row per field, sorted by field, without the fields that the spec ignores. */
  static List<DriftEntry> rows(ServerView view, EffectiveServer server) {
    AppliedState applied = view.applied();
    if (applied == null || view.machine().isEmpty()) {
      return List.of();
    }
    Machine machine = view.machine().get();
    List<DriftEntry> rows = new ArrayList<>();
    ResolvedMachine resolved = view.carried().resolved();
    if (resolved != null
        && !view.changing("plan")
        && !Objects.equals(resolved.plan(), machine.plan())) {
      rows.add(new DriftEntry(PLAN, resolved.plan(), machine.plan()));
    }
    if (!view.changing("powerState")) {
      power(applied, machine).ifPresent(rows::add);
    }
    if (!view.changing("firewall")) {
      firewall(applied, machine).ifPresent(rows::add);
    }
    if (!view.changing("tags")) {
      rows.addAll(tags(applied, machine));
    }
    return rows.stream().filter(row -> !ignored(row.field(), server)).toList();
  }

  private static Optional<DriftEntry> power(AppliedState applied, Machine machine) {
    boolean settled =
        machine.state() == MachineState.RUNNING || machine.state() == MachineState.STOPPED;
    PowerState observed =
        machine.state() == MachineState.RUNNING ? PowerState.Running : PowerState.Stopped;
    return applied.powerState() == null || !settled || applied.powerState() == observed
        ? Optional.empty()
        : Optional.of(new DriftEntry(POWER, applied.powerState().name(), observed.name()));
  }

  private static Optional<DriftEntry> firewall(AppliedState applied, Machine machine) {
    return machine
        .firewallHash()
        .filter(hash -> applied.firewallHash() != null && !hash.equals(applied.firewallHash()))
        .map(hash -> new DriftEntry(FIREWALL, "rules " + applied.firewallHash(), "rules " + hash));
  }

  private static List<DriftEntry> tags(AppliedState applied, Machine machine) {
    Set<String> keys = new TreeSet<>(applied.tags().keySet());
    keys.addAll(machine.tags().keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(applied.tags().get(key), machine.tags().get(key)))
        .map(key -> new DriftEntry(TAGS + key, applied.tags().get(key), machine.tags().get(key)))
        .toList();
  }

  private static boolean ignored(String field, EffectiveServer server) {
    return server.policy().drift().ignore().stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? field.startsWith(pattern.substring(0, pattern.length() - 1))
                    : field.equals(pattern));
  }
}
