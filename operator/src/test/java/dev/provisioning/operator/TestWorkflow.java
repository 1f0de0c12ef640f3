package dev.provisioning.operator;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.Conditions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Workflow roll-out of a running operator's namespace, on Servers of the simulated provider. */
record TestWorkflow(RunningOperator operator) {
  static final Duration PATIENCE = Duration.ofSeconds(240);
  static final String NAME = "roll-out";

  static final String TEN =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: BatchWorkflow
      metadata: {name: roll-out}
      spec:
        parallelism: 3
        operations:
        - {name: first, server: {}}
        - {name: pause, dependsOn: [{name: first}], wait: {duration: 1s}}
        - {name: pair, dependsOn: [{name: pause}], servers: {names: [web-01, web-02], template: {}}}
        - {name: db-01, dependsOn: [{name: pause}], server: {}}
        - {name: db-02, dependsOn: [{name: pause}], server: {}}
        - {name: db-03, dependsOn: [{name: pause}], server: {}}
        - {name: seen, dependsOn: [{name: pair}], wait: {condition: {kind: Server, name: web-02}}}
        - {name: last-01, dependsOn: [{name: db-01}, {name: db-02}], server: {}}
        - {name: last-02, dependsOn: [{name: db-03, type: Soft}], server: {}}
        - {name: end, dependsOn: [{name: last-01}, {name: last-02}, {name: seen}], wait: {duration: 0s}}
      """;

  void apply(String yaml) {
    BatchWorkflow workflow =
        operator.client.getKubernetesSerialization().unmarshal(yaml, BatchWorkflow.class);
    workflow.getMetadata().setNamespace(operator.namespace);
    operator.client.resource(workflow).forceConflicts().serverSideApply();
  }

  BatchWorkflow get() {
    return operator.get(BatchWorkflow.class, NAME);
  }

  Phase phase() {
    return get().getStatus().phase();
  }

  void awaitPhase(Phase phase) {
    await().atMost(PATIENCE).until(() -> phase() == phase);
  }

  Condition ready() {
    return Conditions.find(get().getStatus().conditions(), Conditions.READY).orElseThrow();
  }

  boolean done(String operation) {
    OperationStatus status = operations().get(operation);
    return status != null && status.phase() == OperationPhase.Succeeded;
  }

  /** By name. */
  Map<String, OperationStatus> operations() {
    Map<String, OperationStatus> all = new TreeMap<>();
    get().getStatus().operations().forEach(o -> all.put(o.name(), o));
    return all;
  }
}
