package dev.provisioning.planning.cluster;

import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.Action;
import java.util.Map;

/** Everything that is ever done for a Cluster. It touches Kubernetes only: children do the rest. */
public sealed interface ClusterAction extends Action {
  @Override
  default boolean destructive() {
    return false;
  }

  /** The imperative name is the name of the type. */
  @Override
  default String name() {
    return getClass().getSimpleName();
  }

  /** Of one child no two things are done at once. */
  static String serverKey(String name) {
    return "server/" + name;
  }

  static String taskServKey(String name) {
    return "taskserv/" + name;
  }

  /** One that exists already and is ours is the one. */
  record CreateServer(
      String server, String pool, ServerSpec spec, Map<String, String> labels, String description)
      implements ClusterAction {
    public CreateServer {
      labels = Map.copyOf(labels);
    }

    @Override
    public String content() {
      return Specs.content(spec, labels);
    }

    @Override
    public String key() {
      return serverKey(server);
    }
  }

  /** Changes a machine where it is. */
  record UpdateServer(
      String server, String pool, ServerSpec spec, Map<String, String> labels, String description)
      implements ClusterAction {
    public UpdateServer {
      labels = Map.copyOf(labels);
    }

    @Override
    public String content() {
      return Specs.content(spec, labels);
    }

    @Override
    public String key() {
      return serverKey(server);
    }
  }

  /**
   * Deletes exactly this Server; its own deletion ends the machine, or releases it.
   *
   * @param retain the machine lives on
   */
  record DeleteServer(
      String server, String pool, String uid, Cause cause, boolean retain, String description)
      implements ClusterAction {
    @Override
    public String key() {
      return serverKey(server);
    }

    @Override
    public boolean destructive() {
      return !retain;
    }
  }

  /** That machines of a pool are replaced one after the other; shown and hashed, never run. */
  record ReplaceServers(String pool, String description) implements ClusterAction {
    @Override
    public String key() {
      return "replace/" + pool;
    }

    @Override
    public boolean destructive() {
      return true;
    }
  }

  /** One that exists already and is ours is the one. */
  record CreateTaskServ(
      String taskServ,
      String component,
      TaskServSpec spec,
      Map<String, String> labels,
      String description)
      implements ClusterAction {
    public CreateTaskServ {
      labels = Map.copyOf(labels);
    }

    @Override
    public String content() {
      return Specs.content(spec, labels);
    }

    @Override
    public String key() {
      return taskServKey(taskServ);
    }
  }

  /**
   * What a service's own operation will do on machines; shown and hashed, never run.
   *
   * @param name the operation, in the imperative: {@code Install}
   */
  record WorkOnHosts(String taskServ, String name, String description, boolean losesData)
      implements ClusterAction {
    WorkOnHosts losing() {
      return new WorkOnHosts(taskServ, name, description, true);
    }

    @Override
    public String key() {
      return "hosts/" + name + "/" + taskServ;
    }

    @Override
    public boolean destructive() {
      return losesData;
    }
  }

  /** Changes what a service is to be, or on which machines. */
  record UpdateTaskServ(String taskServ, String component, TaskServSpec spec, String description)
      implements ClusterAction {
    @Override
    public String content() {
      return Specs.content(spec, Map.of());
    }

    @Override
    public String key() {
      return taskServKey(taskServ);
    }
  }

  /** Deletes exactly this TaskServ; its own deletion uninstalls. */
  record DeleteTaskServ(
      String taskServ,
      String component,
      String uid,
      Cause cause,
      boolean losesData,
      String description)
      implements ClusterAction {
    @Override
    public String key() {
      return taskServKey(taskServ);
    }

    @Override
    public boolean destructive() {
      return losesData;
    }
  }

  /** Hands the approval of the Cluster's plan on to a child that waits for one. */
  record ApproveChild(String kind, String child, String hash, String description)
      implements ClusterAction {
    @Override
    public String key() {
      return "approve/" + kind + "/" + child;
    }
  }

  /**
   * Passes the Cluster's word on. It is no part of a rollout, and is done without approval: it
   * reaches no machine.
   *
   * @param protection null: as the Workspace says
   */
  record ProtectChild(String kind, String child, Boolean protection, String description)
      implements ClusterAction {
    @Override
    public String key() {
      return "protect/" + kind + "/" + child;
    }
  }

  /** Removes our finalizer: nothing of this Cluster is left. */
  record LetGo() implements ClusterAction {
    static final String KEY = "let-go";

    @Override
    public String key() {
      return KEY;
    }

    @Override
    public String description() {
      return "let the Cluster go";
    }
  }
}
