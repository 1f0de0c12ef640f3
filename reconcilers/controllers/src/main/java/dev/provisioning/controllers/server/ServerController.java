package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Wakes;
import dev.provisioning.controllers.engine.Engine;
import dev.provisioning.controllers.engine.Kind;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.server.ServerPlanner;
import dev.provisioning.planning.server.ServerProjector;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.concurrent.TimeUnit;

/** Servers, as one thing to register: the four roles and what wakes them. */
public final class ServerController {
  private ServerController() {}

  public static Controller<Server> of(Shared shared) {
    BootstrapKeys bootstrapKeys =
        new BootstrapKeys(shared.cluster().client(), shared.cluster().informers().secrets());
    Waker<Server> waker = new Waker<>(shared.timer());
    shared.world().quotas().onRoom(namespace -> wakeWaiting(shared, waker, namespace));
    MachinePoller poller =
        new MachinePoller(shared.world().providers(), waker::wakeWithin, shared.clock());
    long interval = MachinePoller.INTERVAL.toMillis();
    shared.timer().scheduleWithFixedDelay(poller::round, interval, interval, TimeUnit.MILLISECONDS);
    var kind =
        new Kind<>(
            Server.class,
            new ServerObserver(shared, bootstrapKeys, poller),
            new ServerPlanner(),
            new ServerProjector(),
            new ServerExecutor(shared, bootstrapKeys),
            Kind.FinalizerRule.BEFORE_EFFECTS);
    return new Controller<>(
        Server.class,
        new Engine<>(
            kind,
            shared.shell(waker),
            Wakes.sources(shared.cluster().informers(), waker, ServerWakes::register)));
  }

  /** Those that wait for room in their Workspace need not wait for their next look. */
  private static void wakeWaiting(Shared shared, Waker<Server> waker, String namespace) {
    shared.cluster().informers().servers(namespace).stream()
        .filter(ServerController::waitsForRoom)
        .forEach(server -> waker.wakeSoon(ResourceID.fromResource(server)));
  }

  private static boolean waitsForRoom(Server server) {
    return server.getStatus() != null
        && Conditions.find(server.getStatus().conditions(), Conditions.READY)
            .filter(ready -> ready.reason().equals("QuotaExceeded"))
            .isPresent();
  }
}
