package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Pass;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.controllers.server.Offers;
import dev.provisioning.planning.cluster.ClusterAction;
import dev.provisioning.planning.cluster.ClusterInput;
import dev.provisioning.planning.cluster.ClusterPlanner;
import dev.provisioning.planning.cluster.ClusterProjector;

/** Puts the controller of Clusters together. */
public final class ClusterController {
  private ClusterController() {}

  public static Controller<Cluster> of(Shared shared) {
    ClusterSources sources = new ClusterSources(shared.cluster().operatorNamespace());
    Kind<Cluster, ClusterInput, ClusterAction, ClusterStatus> kind =
        new Kind<>(
            Cluster.class,
            new ClusterObserver(sources, new Offers(shared), shared.cluster().operatorNamespace()),
            new ClusterPlanner(),
            new ClusterProjector(),
            new ClusterExecutor(new ChildWriter(shared.cluster().client(), sources)),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    Pass.Shell<Cluster> shell =
        new Pass.Shell<>(
            shared.effects().runner(),
            new Waker<>(shared.timer()),
            shared.effects().events(),
            shared.effects().metrics(),
            shared.clock());
    return new Controller<>(Cluster.class, new Engine<>(kind, shell, sources::make));
  }
}
