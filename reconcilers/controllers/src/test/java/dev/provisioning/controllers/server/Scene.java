package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.controllers.InMemoryApiServer;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.controllers.ports.Quotas;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.server.ServerAction;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.planning.server.ServerPlanner;
import dev.provisioning.planning.server.ServerProjector;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedProvider;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Capabilities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One Server between an API server and a cloud in memory, with every step of a pass by hand. */
final class Scene implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  final InMemoryApiServer api = new InMemoryApiServer();
  final SimulatedCloud cloud = new SimulatedCloud(CLOCK, SimulatedSettings.instant());
  Workspace workspace = made(new Workspace(), "acme", w -> w.setSpec(workspaceSpec()));
  Server server = made(new Server(), "web-01", s -> s.setSpec(serverSpec()));
  final Informers informers = new Informers(api.client(), Set.of(), "operator");
  final BootstrapKeys bootstrapKeys = new BootstrapKeys(api.client(), informers.secrets());
  private final ServerObserver observer;
  private final ServerExecutor executor;

  Scene() {
    this(provider -> provider);
  }

  /** Keys and an identity are put on machines as they are made. */
  static Scene whereMachinesTakeUserData() {
    return new Scene(Scene::takingUserData);
  }

  private Scene(UnaryOperator<MachineProvider> as) {
    SimulatedProvider simulated = new SimulatedProvider(cloud, "operator");
    MachineProvider provider = as.apply(simulated);
    Providers providers =
        (namespace, workspaceName, name) ->
            new Providers.Access.Open("simulated", provider, Optional.of(simulated), false);
    Shared shared =
        new Shared(
            new Shared.Cluster(api.client(), informers, Set.of(), "operator"),
            new Shared.World(
                providers,
                new Room(),
                new Targets(informers, new LoginKeys(informers)),
                nobodyLogsIn(),
                "operator"),
            null,
            null,
            CLOCK);
    MachinePoller poller = new MachinePoller(providers, (name, delay) -> {}, CLOCK);
    observer = new ServerObserver(shared, bootstrapKeys, poller);
    executor = new ServerExecutor(shared, bootstrapKeys);
  }

  private static MachineProvider takingUserData(MachineProvider provider) {
    Capabilities can = provider.capabilities();
    Capabilities more =
        new Capabilities(
            can.createOnce(),
            can.resize(),
            can.power(),
            can.firewall(),
            can.volumes(),
            can.encryption(),
            can.keepStorage(),
            can.console(),
            can.ipv6(),
            true,
            can.architectures(),
            can.settleWindow());
    return (MachineProvider)
        Proxy.newProxyInstance(
            Scene.class.getClassLoader(),
            new Class<?>[] {MachineProvider.class},
            (self, method, arguments) ->
                method.getName().equals("capabilities")
                    ? more
                    : method.invoke(provider, arguments));
  }

  private static WorkspaceSpec workspaceSpec() {
    return WorkspaceSpecBuilder.builder()
        .providers(
            List.of(ProviderBuilder.builder().name("sim").type(ProviderType.simulated).build()))
        .defaultProvider("sim")
        .build();
  }

  private static ServerSpec serverSpec() {
    return ServerSpecBuilder.builder().workspace("acme").plan("sim-2x4").build();
  }

  private <T extends HasMetadata> T made(T object, String name, Consumer<T> spec) {
    object.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    spec.accept(object);
    return api.client().resource(object).create();
  }

  /** With enough for everybody. */
  private record Room() implements Quotas {
    @Override
    public Grant reserve(String namespace, String workspace, String uid, Demand demand) {
      return new Grant(demand.goal(), Optional.empty());
    }

    @Override
    public void release(String uid) {}

    @Override
    public void onRoom(Consumer<String> told) {}
  }

  private static RemoteShell nobodyLogsIn() {
    return (RemoteShell)
        Proxy.newProxyInstance(
            Scene.class.getClassLoader(),
            new Class<?>[] {RemoteShell.class},
            (self, method, arguments) -> null);
  }

  ServerInput observe() {
    return observer.observe(server, Ledger.empty(), NOW);
  }

  Plan<ServerAction> plan(ServerInput input) {
    return new ServerPlanner().plan(input);
  }

  void execute(ServerAction action, ServerInput input) {
    executor.execute(new Executor.Execution<>(server, input, action, progress -> {}));
  }

  /** Passes until there is nothing to do. */
  Scene settle() {
    ServerInput input = observe();
    Plan<ServerAction> plan = plan(input);
    while (!plan.front().isEmpty()) {
      server.setStatus(new ServerProjector().project(input, plan).status());
      for (ServerAction action : plan.front()) {
        execute(action, input);
      }
      input = observe();
      plan = plan(input);
    }
    server.setStatus(new ServerProjector().project(input, plan).status());
    return this;
  }

  /** As the API server does with what has a finalizer. */
  Scene delete() {
    server.getMetadata().setDeletionTimestamp(NOW.toString());
    server = api.client().resource(server).update();
    return this;
  }

  /** A person's edit; caches know of it at once. */
  void edit(UnaryOperator<WorkspaceSpec> change) {
    workspace.setSpec(change.apply(workspace.getSpec()));
    workspace = api.client().resource(workspace).update();
    informers.written(workspace);
  }

  /** Another of the same name, with the same spec; caches know of it at once. */
  void remakeWorkspace() {
    api.client().resource(workspace).delete();
    workspace = made(new Workspace(), "acme", w -> w.setSpec(workspace.getSpec()));
    informers.written(workspace);
  }

  @Override
  public void close() {
    informers.close();
    api.close();
  }
}
