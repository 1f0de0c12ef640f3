package dev.provisioning.operator;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.spi.model.MachineId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The Servers of a running operator's namespace, as a person makes, changes and watches them. */
record TestServers(RunningOperator operator) {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  static ServerSpec spec() {
    return ServerSpecBuilder.builder().plan("sim-2x4").build();
  }

  void create(String name, ServerSpec spec) {
    Server server = new Server();
    server.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(operator.namespace).build());
    server.setSpec(spec);
    operator.client.resource(server).create();
  }

  void edit(String name, UnaryOperator<ServerSpec> change) {
    operator.edit(
        Server.class,
        name,
        server -> {
          server.setSpec(change.apply(server.getSpec()));
          return server;
        });
  }

  /** Asks for a look now, and returns when it was answered. */
  void look(String name) {
    String token = Long.toString(System.nanoTime());
    operator.edit(
        Server.class,
        name,
        server -> {
          server.getMetadata().getAnnotations().put(ResourceRef.RECONCILE_REQUESTED_AT, token);
          return server;
        });
    await()
        .atMost(PATIENCE)
        .until(() -> token.equals(get(name).getStatus().lastHandledReconcileAt()));
  }

  void end(String name) {
    operator.client.resource(get(name)).delete();
    await().atMost(PATIENCE).until(() -> get(name) == null);
  }

  Server get(String name) {
    return operator.get(Server.class, name);
  }

  List<Server> all() {
    return operator.all(Server.class);
  }

  MachineId machine(String name) {
    return new MachineId(get(name).getStatus().machine().id());
  }

  void awaitReady(String name) {
    await().atMost(PATIENCE).until(() -> isReady(get(name)));
  }

  void awaitMessage(String name, String part) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                found(get(name), Conditions.READY)
                    .filter(c -> c.message().contains(part))
                    .isPresent());
  }

  static boolean isReady(Server server) {
    return settled(server)
        && found(server, Conditions.READY)
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
  }

  boolean settled(String name) {
    return settled(get(name));
  }

  /** It tells of the present spec, and nothing is on its way. */
  private static boolean settled(Server server) {
    return server.getStatus() != null
        && server.getMetadata().getGeneration().equals(server.getStatus().observedGeneration())
        && found(server, Conditions.RECONCILING).isEmpty();
  }

  Condition condition(String name, String type) {
    return found(get(name), type).orElseThrow();
  }

  private static Optional<Condition> found(Server server, String type) {
    return server.getStatus() == null
        ? Optional.empty()
        : Conditions.find(server.getStatus().conditions(), type);
  }
}
