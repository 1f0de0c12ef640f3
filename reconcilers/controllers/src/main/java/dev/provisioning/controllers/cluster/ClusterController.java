package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.Wakes;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
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
    String operatorNamespace = shared.cluster().operatorNamespace();
    Informers informers = shared.cluster().informers();
    Waker<Cluster> waker = new Waker<>(shared.timer());
    Kind<Cluster, ClusterInput, ClusterAction, ClusterStatus> kind =
        new Kind<>(
            Cluster.class,
            new ClusterObserver(informers, new Offers(shared), operatorNamespace),
            new ClusterPlanner(),
            new ClusterProjector(),
            new ClusterExecutor(new ChildWriter(shared.cluster().client(), informers)),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    return new Controller<>(
        Cluster.class,
        new Engine<>(
            kind,
            shared.shell(waker),
            Wakes.sources(
                informers, waker, wakes -> ClusterWakes.register(wakes, operatorNamespace))));
  }
}
