package dev.provisioning.controllers.workspace;

import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.workspace.WorkspaceAction;
import dev.provisioning.planning.workspace.WorkspaceInput;
import dev.provisioning.planning.workspace.WorkspacePlanner;
import dev.provisioning.planning.workspace.WorkspaceProjector;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;

/** The controller of Workspaces. */
public final class WorkspaceController {
  private WorkspaceController() {}

  public static Controller<Workspace> of(Shared shared, QuotaBook quotas, Duration providerCheck) {
    Waker<Workspace> waker = new Waker<>(shared.timer());
    quotas.onChange(place -> waker.wakeSoon(new ResourceID(place.workspace(), place.namespace())));
    Shared.Cluster cluster = shared.cluster();
    cluster
        .informers()
        .onResidents(
            namespace ->
                cluster
                    .informers()
                    .workspaces(namespace)
                    .forEach(each -> waker.wakeSoon(ResourceID.fromResource(each))));
    WorkspaceObserver.Sight sight =
        new WorkspaceObserver.Sight(
            cluster.informers(), shared.world().providers(), quotas, providerCheck);
    Kind<Workspace, WorkspaceInput, WorkspaceAction, WorkspaceStatus> kind =
        new Kind<>(
            Workspace.class,
            new WorkspaceObserver(sight, new ProbeBoard(shared.clock()), waker),
            new WorkspacePlanner(),
            new WorkspaceProjector(),
            new WorkspaceExecutor(cluster.client(), cluster.informers().secrets()),
            Kind.FinalizerRule.ALWAYS);
    return new Controller<>(
        Workspace.class, new Engine<>(kind, shared.shell(waker), context -> List.of()));
  }
}
