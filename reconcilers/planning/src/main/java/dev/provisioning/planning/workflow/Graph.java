package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.DependencyType;
import dev.provisioning.api.workflow.Operation;
import dev.provisioning.api.workflow.OperationDependency;
import dev.provisioning.planning.config.Names;
import dev.provisioning.planning.graph.Dag;
import dev.provisioning.spi.model.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations and what comes first. */
record Graph(Map<String, Work> works, Dag dag, Map<String, Set<String>> hard) {
  /** A graph, or why there is none. */
  sealed interface Reading {}

  record Good(Graph graph) implements Reading {}

  record Bad(Failure why) implements Reading {}

  static Reading of(BatchWorkflowSpec spec) {
    Map<String, Work> works = new LinkedHashMap<>();
    spec.operations().forEach(each -> works.put(each.name(), Work.of(each)));
    Optional<Failure> unknown = unknown(spec, works.keySet());
    if (unknown.isPresent()) {
      return new Bad(unknown.get());
    }
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    Map<String, Set<String>> hard = new HashMap<>();
    for (Operation operation : spec.operations()) {
      needs.put(operation.name(), new HashSet<>());
      hard.put(operation.name(), new HashSet<>());
      for (OperationDependency first : operation.dependsOn()) {
        needs.get(operation.name()).add(first.name());
        if (first.type() != DependencyType.Soft) {
          hard.get(operation.name()).add(first.name());
        }
      }
    }
    try {
      Graph graph = new Graph(works, Dag.of(needs), hard);
      return graph.clash().<Reading>map(Bad::new).orElseGet(() -> new Good(graph));
    } catch (Dag.CycleFound cycle) {
      return new Bad(
          new Failure.Invalid(
              "DependencyCycle",
              "operations wait for each other: %s; take one of these dependencies away"
                  .formatted(cycle.getMessage())));
    }
  }

  private static Optional<Failure> unknown(BatchWorkflowSpec spec, Set<String> names) {
    for (Operation operation : spec.operations()) {
      for (OperationDependency first : operation.dependsOn()) {
        if (!names.contains(first.name())) {
          return Optional.of(
              new Failure.Invalid(
                  "DependencyUnknown",
                  "operation %s depends on %s, which is no operation of this workflow%s"
                      .formatted(
                          operation.name(), first.name(), Names.didYouMean(first.name(), names))));
        }
      }
    }
    List<String> chosen = spec.rollback() == null ? List.of() : spec.rollback().operations();
    return chosen.stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .map(
            name ->
                new Failure.Invalid(
                    "OperationUnknown",
                    "rollback.operations names %s, which is no operation of this workflow%s"
                        .formatted(name, Names.didYouMean(name, names))));
  }

  /** Two operations on one resource need an order, or the last one to run would win by chance. */
  private Optional<Failure> clash() {
    Map<ChildRef, String> last = new HashMap<>();
    for (String name : dag.order()) {
      for (ChildRef child : works.get(name).children()) {
        String other = last.put(child, name);
        if (other != null && !dag.withNeeds(List.of(name)).contains(other)) {
          return Optional.of(
              new Failure.Invalid(
                  "OperationsClash",
                  "operations %s and %s are both about %s: let one depend on the other"
                      .formatted(other, name, child)));
        }
      }
    }
    return Optional.empty();
  }
}
