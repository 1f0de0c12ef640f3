package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Pass;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.server.ServerPlanner;
import dev.provisioning.planning.server.ServerProjector;

/** Servers, as one thing to register: the four roles and what wakes them. */
public final class ServerController {
  private ServerController() {}

  public static Controller<Server> of(Shared shared) {
    BootstrapKeys bootstrapKeys =
        new BootstrapKeys(shared.cluster().client(), shared.cluster().informers().secrets());
    Waker<Server> waker = new Waker<>(shared.timer());
    var kind =
        new Kind<>(
            Server.class,
            new ServerObserver(shared, bootstrapKeys),
            new ServerPlanner(),
            new ServerProjector(),
            new ServerExecutor(shared, bootstrapKeys),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    var shell =
        new Pass.Shell<>(
            shared.effects().runner(),
            waker,
            shared.effects().events(),
            shared.effects().metrics(),
            shared.clock());
    return new Controller<>(
        Server.class, new Engine<>(kind, shell, new ServerSources(waker)::make));
  }
}
