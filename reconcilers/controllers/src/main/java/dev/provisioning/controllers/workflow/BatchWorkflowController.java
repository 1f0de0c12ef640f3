package dev.provisioning.controllers.workflow;

import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.ServiceDefinitions;
import dev.provisioning.controllers.access.Wakes;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.controllers.server.Offers;
import dev.provisioning.planning.workflow.WorkflowAction;
import dev.provisioning.planning.workflow.WorkflowInput;
import dev.provisioning.planning.workflow.WorkflowPlanner;
import dev.provisioning.planning.workflow.WorkflowProjector;
import java.util.function.LongSupplier;

/** Puts the controller of BatchWorkflows together. */
public final class BatchWorkflowController {
  private BatchWorkflowController() {}

  /** {@code epoch}: this operator's fencing number, higher than that of any earlier leader. */
  public static Controller<BatchWorkflow> of(Shared shared, LongSupplier epoch) {
    Informers informers = shared.cluster().informers();
    String operatorNamespace = shared.cluster().operatorNamespace();
    Waker<BatchWorkflow> waker = new Waker<>(shared.timer());
    WorkflowExecutor executor =
        new WorkflowExecutor(
            new ChildExecutor(shared.cluster().client(), informers),
            new ScriptExecutor(shared, epoch),
            new ConditionReader(shared.cluster().client()));
    Kind<BatchWorkflow, WorkflowInput, WorkflowAction, BatchWorkflowStatus> kind =
        new Kind<>(
            BatchWorkflow.class,
            new WorkflowObserver(
                informers,
                new ApproversPolicy(shared.cluster().client()),
                new MachinePrices(informers, new Offers(shared)),
                new OutlookReader(informers, new ServiceDefinitions(informers, operatorNamespace))),
            new WorkflowPlanner(),
            new WorkflowProjector(),
            executor,
            Kind.FinalizerRule.NEVER);
    return new Controller<>(
        BatchWorkflow.class,
        new Engine<>(
            kind,
            shared.shell(waker),
            Wakes.sources(
                informers, waker, wakes -> WorkflowWakes.register(wakes, operatorNamespace))));
  }
}
