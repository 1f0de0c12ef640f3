package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.ScaleOperation;
import dev.provisioning.api.workflow.UpgradeOperation;
import dev.provisioning.planning.config.Names;
import dev.provisioning.planning.workflow.ClusterFacts.Parts;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operation sets in the spec of a resource, once what it names is known to be there. */
final class Changes {
  private static final String COMPONENTS = "components";
  private static final String POOLS = "nodePools";

  private Changes() {}

  /** What is to be done about the resource. */
  sealed interface Change {}

  /** {@code madeOf}: generation of the spec whose lists it carries on; empty: it carries none. */
  record Wish(Map<String, Object> spec, Optional<Long> madeOf) implements Change {}

  /** Nobody has looked at the Cluster's spec yet. */
  record Later() implements Change {}

  /** No other try brings anything else. */
  record Refused(Failure why) implements Change {}

  /** {@code facts} of a resource that exists, which an upgrade and a change of size need. */
  static Change of(Work work, BatchWorkflowSpec workflow, Optional<ChildFacts> facts) {
    return switch (work.type()) {
      case SERVER, SERVERS, TASK_SERV, CLUSTER -> all(work.made(workflow));
      case UPGRADE -> upgrade(work.operation().upgrade(), facts.orElseThrow());
      case SCALE -> scale(work.operation().scale(), facts.orElseThrow());
      case DELETE, SCRIPT, APPROVAL, WAIT -> all(Map.of());
    };
  }

  private static Change upgrade(UpgradeOperation upgrade, ChildFacts facts) {
    if (upgrade.taskServ() != null) {
      return all(Map.of("version", upgrade.version()));
    }
    ClusterFacts cluster = facts.cluster().orElseThrow();
    if (cluster.parts().isEmpty()) {
      return new Later();
    }
    List<String> known = cluster.parts().get().components();
    String name = upgrade.component();
    if (name == null && known.size() != 1) {
      return new Refused(unsaid(facts.ref(), known));
    }
    return name == null || known.contains(name)
        ? with(facts, COMPONENTS, name == null ? known.getFirst() : name, upgrade.version())
        : new Refused(absent("ComponentNotFound", facts.ref() + " has no component ", name, known));
  }

  private static Change scale(ScaleOperation scale, ChildFacts facts) {
    Map<String, Object> scaled = Map.of("replicas", scale.replicas());
    String name = scale.nodePool();
    if (name == null) {
      return all(scaled);
    }
    ClusterFacts cluster = facts.cluster().orElseThrow();
    if (cluster.parts().isEmpty()) {
      return new Later();
    }
    Parts parts = cluster.parts().get();
    if (!parts.pools().contains(name)) {
      return new Refused(
          absent("PoolNotFound", facts.ref() + " has no pool ", name, parts.pools()));
    }
    // spec.replicas goes over the number of this pool: that one would have no effect
    return parts.scaledPool().filter(name::equals).isPresent()
        ? all(scaled)
        : with(facts, POOLS, name, scale.replicas());
  }

  private static Wish all(Map<String, Object> spec) {
    return new Wish(spec, Optional.empty());
  }

  private static Wish with(ChildFacts facts, String field, String name, Object value) {
    Map<String, Object> spec = facts.cluster().orElseThrow().spec();
    String what = field.equals(POOLS) ? "replicas" : "version";
    return new Wish(
        Map.of(field, Named.with(Named.in(spec, field), name, what, value)),
        Optional.of(facts.generation()));
  }

  private static Failure unsaid(ChildRef cluster, List<String> components) {
    return components.isEmpty()
        ? new Failure.Invalid(
            "ComponentNotFound", cluster + " has no components: there is nothing to upgrade")
        : new Failure.Invalid(
            "ComponentNotSaid",
            "%s has %d components; say in upgrade.component which: %s"
                .formatted(cluster, components.size(), String.join(", ", components)));
  }

  private static Failure absent(String reason, String what, String name, List<String> known) {
    String others = known.isEmpty() ? "there is none" : "there are " + String.join(", ", known);
    return new Failure.Invalid(reason, what + name + "; " + others + Names.didYouMean(name, known));
  }
}
