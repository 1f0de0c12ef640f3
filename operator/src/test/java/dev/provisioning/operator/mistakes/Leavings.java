package dev.provisioning.operator.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.operator.clients.SimulatedClouds;
import dev.provisioning.simulated.Operation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a mistake may have left half-done: machines and Secrets. An intent may stand as long as the
 * same try is repeated.
 */
record Leavings(
    KubernetesClient client, String namespace, Mistake mistake, UnaryOperator<String> filledIn) {

  /** Fails unless only what is right has come of it. */
  void requireNone(SimulatedClouds clouds) {
    Set<String> refused = refused();
    for (Server server : servers()) {
      if (refused.contains("Server " + server.getMetadata().getName())
          && server.getStatus() != null) {
        assertThat(server.getStatus().machine()).as("machine of %s", mistake).isNull();
      }
    }
    assertThat(secretsOf(refused)).as("Secrets made for %s", mistake).isEmpty();
    List<String> places = places();
    if (!places.isEmpty()) {
      long made =
          places.stream()
              .flatMap(place -> clouds.at(place).ledger().stream())
              .filter(entry -> entry.operation() == Operation.CREATE)
              .count();
      assertThat(made).as("machines made in %s", mistake).isEqualTo(machinesMeant(refused));
    }
  }

  /** What the mistake is about, unless it was there, and well, before. */
  private Set<String> refused() {
    Set<String> before = names(Stream.of(Mistake.Time.EXISTS, Mistake.Time.DELETED));
    return mistake.subjects().stream()
        .filter(subject -> !before.contains(subject))
        .collect(Collectors.toSet());
  }

  private long machinesMeant(Set<String> refused) {
    return names(
            Stream.of(
                Mistake.Time.EXISTS,
                Mistake.Time.DELETED,
                Mistake.Time.ALWAYS,
                Mistake.Time.AT_FIRST))
        .stream()
        .filter(name -> name.startsWith("Server ") && !refused.contains(name))
        .count();
  }

  private Set<String> names(Stream<Mistake.Time> times) {
    return times
        .flatMap(time -> mistake.at(time).stream())
        .map(text -> client.resource(filledIn.apply(text)).item())
        .map(item -> item.getKind() + " " + item.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private List<Server> servers() {
    return all(client.resources(Server.class).inNamespace(namespace));
  }

  /** Those of a Workspace hold its login key, and a Workspace may have one however wrong it is. */
  private List<String> secretsOf(Set<String> refused) {
    return all(client.secrets().inNamespace(namespace)).stream()
        .filter(
            secret ->
                secret.getMetadata().getOwnerReferences().stream()
                    .filter(owner -> !owner.getKind().equals(HasMetadata.getKind(Workspace.class)))
                    .map(Leavings::name)
                    .anyMatch(refused::contains))
        .map(secret -> secret.getMetadata().getName())
        .toList();
  }

  private static String name(OwnerReference owner) {
    return owner.getKind() + " " + owner.getName();
  }

  /** Where the simulated machines of this namespace would be. */
  private List<String> places() {
    return all(client.resources(Workspace.class).inNamespace(namespace)).stream()
        .flatMap(
            workspace ->
                workspace.getSpec().providers().stream()
                    .filter(entry -> entry.type() == ProviderType.simulated)
                    .map(Provider::name)
                    .map(name -> namespace + "/" + workspace.getMetadata().getName() + "/" + name))
        .toList();
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(
      Listable<L> listed) {
    return listed.list().getItems();
  }
}
