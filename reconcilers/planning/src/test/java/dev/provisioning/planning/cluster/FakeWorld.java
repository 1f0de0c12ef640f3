package dev.provisioning.planning.cluster;

import dev.provisioning.planning.cluster.ClusterAction.ApproveChild;
import dev.provisioning.planning.cluster.ClusterAction.CreateServer;
import dev.provisioning.planning.cluster.ClusterAction.CreateTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.DeleteServer;
import dev.provisioning.planning.cluster.ClusterAction.DeleteTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.LetGo;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import dev.provisioning.planning.cluster.ClusterAction.ReplaceServers;
import dev.provisioning.planning.cluster.ClusterAction.UpdateServer;
import dev.provisioning.planning.cluster.ClusterAction.UpdateTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.WorkOnHosts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The children of one Cluster, with controllers of their own, as the API server knows them. */
final class FakeWorld {
  final Map<String, FakeServer> servers = new TreeMap<>();
  final Map<String, FakeTaskServ> taskServs = new TreeMap<>();

  /** Against what was done wrong: ends of machines that still had services, and the like. */
  final List<String> wrongs = new ArrayList<>();

  /** What happened, for stories. */
  final List<String> happened = new ArrayList<>();

  /** The Workspace protects what does not say otherwise. */
  boolean protects;

  int machinesEver;
  boolean letGo;
  private int uids;

  /** As the executor does it: safe to repeat. */
  void execute(ClusterAction action, Instant now) {
    switch (action) {
      case CreateServer create ->
          servers.computeIfAbsent(
              create.server(),
              name -> {
                machinesEver++;
                return new FakeServer(
                    name, uid(), new LinkedHashMap<>(create.labels()), create.spec());
              });
      case UpdateServer update -> {
        FakeServer server = servers.get(update.server());
        if (server != null) {
          server.change(update.spec(), update.labels());
        }
      }
      case DeleteServer delete -> {
        FakeServer server = servers.get(delete.server());
        if (server != null && server.uid.equals(delete.uid())) {
          server.abandoned = delete.cause() == Cause.HEALED;
          server.protect(false);
          server.delete(now);
        }
      }
      case CreateTaskServ create ->
          taskServs.computeIfAbsent(
              create.taskServ(),
              name ->
                  new FakeTaskServ(
                      name, uid(), new LinkedHashMap<>(create.labels()), create.spec()));
      case UpdateTaskServ update -> {
        FakeTaskServ taskServ = taskServs.get(update.taskServ());
        if (taskServ != null) {
          taskServ.change(update.spec());
        }
      }
      case DeleteTaskServ delete -> {
        FakeTaskServ taskServ = taskServs.get(delete.taskServ());
        if (taskServ != null && taskServ.uid.equals(delete.uid())) {
          taskServ.protect(false);
          taskServ.delete(now);
        }
      }
      case LetGo go -> letGo();
      case ApproveChild approve -> {}
      case ProtectChild protect -> protect(protect);
      case WorkOnHosts shown -> wrongs.add("a line of the plan that is only shown was run");
      case ReplaceServers shown -> wrongs.add("a line of the plan that is only shown was run");
    }
  }

  private void protect(ProtectChild protect) {
    if (protect.kind().equals("Server")) {
      servers.get(protect.child()).protect(protect.protection());
    } else {
      taskServs.get(protect.child()).protect(protect.protection());
    }
  }

  boolean holds(Boolean own) {
    return own == null ? protects : own;
  }

  private String uid() {
    return Integer.toString(++uids);
  }

  private void letGo() {
    if (!servers.isEmpty() || !taskServs.isEmpty()) {
      wrongs.add("let go with children left: " + servers.keySet() + taskServs.keySet());
    }
    letGo = true;
  }

  /** Every child's controller looks once. */
  void step() {
    for (FakeTaskServ taskServ : List.copyOf(taskServs.values())) {
      if (taskServ.step(this)) {
        taskServs.remove(taskServ.name);
        happened.add("TaskServ " + taskServ.name + " is gone");
      }
    }
    for (FakeServer server : List.copyOf(servers.values())) {
      boolean used =
          taskServs.values().stream().anyMatch(t -> t.spec.servers().names().contains(server.name));
      if (server.step(used, holds(server.spec.deletionProtection()))) {
        end(server);
      }
    }
  }

  private void end(FakeServer server) {
    taskServs.values().stream()
        .filter(
            t ->
                t.installed.containsKey(server.name)
                    && !server.dead
                    && !server.silent
                    && !server.abandoned)
        .forEach(t -> wrongs.add(server.name + " ended with " + t.name + " on it"));
    servers.remove(server.name);
    happened.add("Server " + server.name + " is gone");
  }

  boolean silent(String server) {
    return servers.containsKey(server) && servers.get(server).silent;
  }

  /** Null where the machine's labels say nothing. */
  String role(String server, String taskServ) {
    return servers.containsKey(server)
        ? servers.get(server).labels.get("provisioning.dev/role." + taskServ)
        : null;
  }

  boolean up(String server) {
    return servers.containsKey(server) && servers.get(server).up();
  }

  /** Nothing can be uninstalled there, and nothing has to. */
  boolean givenUp(String server) {
    FakeServer known = servers.get(server);
    return known == null || known.abandoned || known.dead;
  }

  /** Dependants first: a service leaves a machine after those that need it. */
  void uninstalled(String taskServ, String server) {
    taskServs.values().stream()
        .filter(t -> t.spec.dependsOn().stream().anyMatch(d -> d.name().equals(taskServ)))
        .filter(
            t -> t.installed.containsKey(server) && up(server) && !servers.get(server).condemned)
        .forEach(t -> wrongs.add(taskServ + " left " + server + " before " + t.name));
    happened.add(taskServ + " is uninstalled from " + server);
  }

  boolean dependedOn(String taskServ) {
    return taskServs.values().stream()
        .flatMap(t -> t.spec.dependsOn().stream())
        .anyMatch(d -> Objects.equals(d.name(), taskServ));
  }

  boolean healthyOn(String taskServ) {
    FakeTaskServ other = taskServs.get(taskServ);
    return other != null && other.child("shop").ready();
  }
}
