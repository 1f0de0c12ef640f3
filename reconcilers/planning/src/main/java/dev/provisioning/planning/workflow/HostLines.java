package dev.provisioning.planning.workflow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.planning.cluster.ClusterAction.WorkOnHosts;
import dev.provisioning.planning.cluster.HostWork;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What operations on TaskServs will do on machines, in the words of a Cluster's plan. Operations
 * are followed in their order, also those that are over: a later one finds what an earlier one
 * leaves, and what was approved reads the same while the workflow goes on.
 */
final class HostLines {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Outlook outlook;
  private final HostWork hosts;
  private final BatchWorkflowSpec workflow;
  private final Map<String, TaskServSpec> specs;

  HostLines(Outlook outlook, BatchWorkflowSpec workflow) {
    this.outlook = outlook;
    this.hosts = new HostWork(outlook.definitions());
    this.workflow = workflow;
    this.specs = new HashMap<>(outlook.taskServs());
  }

  /** Nothing of what has no TaskServ, and of one that the API server would refuse. */
  List<WorkOnHosts> follow(Work work) {
    List<ChildRef> about =
        work.children().stream().filter(ref -> ref.kind() == ChildKind.TaskServ).toList();
    if (about.isEmpty()) {
      return List.of();
    }
    String name = about.getFirst().name();
    Optional<TaskServSpec> was = Optional.ofNullable(specs.get(name));
    if (work.type() == Work.Type.DELETE) {
      specs.remove(name);
      return was.map(spec -> removal(name, seen(name, spec))).orElse(List.of());
    }
    Optional<TaskServSpec> wish =
        work.type() == Work.Type.UPGRADE
            ? was.map(spec -> spec.withVersion(work.operation().upgrade().version()))
            : made(work, was);
    wish.ifPresent(spec -> specs.put(name, spec));
    return wish.map(spec -> lines(name, was, spec)).orElse(List.of());
  }

  private Optional<TaskServSpec> made(Work work, Optional<TaskServSpec> was) {
    Map<String, Object> before = was.map(Work::plain).orElse(Map.of());
    Map<String, Object> merged =
        EffectiveConfig.merge(
                List.of(new Layer("before", before), new Layer("operation", work.made(workflow))))
            .values();
    try {
      return Optional.of(JSON.convertValue(merged, TaskServSpec.class));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private List<WorkOnHosts> lines(String name, Optional<TaskServSpec> was, TaskServSpec wish) {
    TaskServSpec now = seen(name, wish);
    if (was.isPresent() && seen(name, was.get()).equals(now)) {
      return List.of();
    }
    if (!outlook.definitions().containsKey(now.definition())) {
      return List.of(unknown(name, now));
    }
    return was.map(spec -> hosts.change(name, seen(name, spec), now, List.of()))
        .orElseGet(() -> hosts.install(name, now));
  }

  private List<WorkOnHosts> removal(String name, TaskServSpec was) {
    return outlook.definitions().containsKey(was.definition())
        ? hosts.uninstall(name, was)
        : List.of(unknown(name, was));
  }

  private static WorkOnHosts unknown(String name, TaskServSpec spec) {
    return new WorkOnHosts(
        name,
        "WorkOnHosts",
        "what %s does on %s cannot be told: there is no TaskServDefinition %s yet"
            .formatted(name, String.join(", ", spec.servers().names()), spec.definition()),
        false);
  }

  /** With its definition named, and on machines that are told by their labels as well. */
  private static TaskServSpec seen(String name, TaskServSpec spec) {
    List<String> on = spec.servers() == null ? List.of() : Texts.machines(spec.servers());
    return spec.withDefinition(Objects.requireNonNullElse(spec.definition(), name))
        .withServers(new Targets(on, null));
  }
}
