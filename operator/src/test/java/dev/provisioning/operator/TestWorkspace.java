package dev.provisioning.operator;

import dev.provisioning.api.Condition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.planning.Conditions;
import dev.provisioning.simulated.Operation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Workspace acme of a running operator's namespace, and how the Servers in it are doing. */
record TestWorkspace(RunningOperator operator, TestServers servers) {
  private static final String NAME = "acme";

  /** With one provider, sim. */
  static WorkspaceSpec spec() {
    return WorkspaceSpecBuilder.builder()
        .providers(List.of(entry("sim", ProviderType.simulated)))
        .build();
  }

  static Provider entry(String name, ProviderType type) {
    return ProviderBuilder.builder().name(name).type(type).build();
  }

  void create(WorkspaceSpec spec) {
    Workspace workspace = new Workspace();
    workspace.setMetadata(
        new ObjectMetaBuilder().withName(NAME).withNamespace(operator.namespace).build());
    workspace.setSpec(spec);
    operator.client.resource(workspace).create();
  }

  void edit(UnaryOperator<WorkspaceSpec> change) {
    operator.edit(
        Workspace.class,
        NAME,
        workspace -> {
          workspace.setSpec(change.apply(workspace.getSpec()));
          return workspace;
        });
  }

  /** Null: it is gone. */
  Workspace get() {
    return operator.get(Workspace.class, NAME);
  }

  Optional<Condition> condition(String type) {
    return Conditions.find(get().getStatus().conditions(), type);
  }

  /** A Server that says no more than its provider. */
  void server(String name, String provider) {
    server(name, s -> s.withProvider(provider));
  }

  void server(String name, UnaryOperator<ServerSpec> wish) {
    servers.create(name, wish.apply(ServerSpecBuilder.builder().build()));
  }

  long ready() {
    return servers.all().stream().filter(TestServers::isReady).count();
  }

  /** Servers that the limits of the Workspace have no room for. */
  long refused() {
    return readiness().stream().filter(c -> c.reason().equals("QuotaExceeded")).count();
  }

  /** What people read of the Servers that have said anything yet. */
  List<String> messages() {
    return readiness().stream().map(Condition::message).toList();
  }

  private List<Condition> readiness() {
    return servers.all().stream()
        .map(Server::getStatus)
        .filter(status -> status != null)
        .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY).stream())
        .toList();
  }

  /** Machines that provider sim was ever asked to make. */
  long creates() {
    return operator.cloud(NAME, "sim").ledger().stream()
        .filter(entry -> entry.operation() == Operation.CREATE)
        .count();
  }
}
