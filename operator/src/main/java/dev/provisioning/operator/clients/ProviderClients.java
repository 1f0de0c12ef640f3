package dev.provisioning.operator.clients;

import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Lookup;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One client per provider entry, made anew when the entry or its Secret changes. */
public final class ProviderClients implements Providers, AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Lookup lookup;
  private final Targets targets;
  private final Machinery machinery;
  private final Doors doors;
  private final Map<Place, Made> made = new ConcurrentHashMap<>();

  public ProviderClients(Lookup lookup, Targets targets, Machinery machinery, Doors doors) {
    this.lookup = lookup;
    this.targets = targets;
    this.machinery = machinery;
    this.doors = doors;
  }

  private record Place(String namespace, String workspace, String name) {
    @Override
    public String toString() {
      return namespace + "/" + workspace + "/" + name;
    }
  }

  /** {@code secretVersion} is empty when the entry names no Secret. */
  private record Made(Provider entry, String secretVersion, Client client) {}

  @Override
  public Access access(String namespace, String workspace, String name) {
    Place place = new Place(namespace, workspace, name);
    try {
      Workspace found =
          lookup.workspace(namespace, workspace).orElseThrow(() -> noWorkspace(place));
      Provider entry = entry(place, found);
      String version = secretVersion(place, entry);
      return made.compute(place, (p, old) -> current(p, entry, version, old))
          .client()
          .open(entry.type().name());
    } catch (ProviderException e) {
      return new Access.Closed(e.failure());
    }
  }

  private Provider entry(Place place, Workspace workspace) {
    Provider entry =
        workspace.getSpec().providers().stream()
            .filter(each -> each.name().equals(place.name()))
            .findFirst()
            .orElseThrow(() -> new ProviderException(Refusals.unknown(place.name(), workspace)));
    if (Presets.policy(workspace.getSpec()).certifiedProvidersOnly()
        && !Boolean.TRUE.equals(entry.certified())) {
      throw new ProviderException(Refusals.notCertified(place.name(), place.workspace()));
    }
    return entry;
  }

  private String secretVersion(Place place, Provider entry) {
    if (entry.credentialsSecretRef() == null) {
      return "";
    }
    String name = entry.credentialsSecretRef().name();
    Optional<Secret> secret = lookup.secret(place.namespace(), name);
    return secret
        .map(found -> found.getMetadata().getResourceVersion())
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Waiting(
                        "SecretNotFound",
                        "provider %s of Workspace %s: Secret %s/%s does not exist; create it with the credentials"
                            .formatted(place.name(), place.workspace(), place.namespace(), name),
                        RETRY)));
  }

  private Made current(Place place, Provider entry, String version, Made old) {
    if (old != null && old.entry().equals(entry) && old.secretVersion().equals(version)) {
      return old;
    }
    machinery.check(entry, place.workspace());
    Client client =
        machinery
            .client(
                place.toString(),
                entry,
                new NamedMachines(lookup, targets, place.namespace(), place.workspace()))
            .orElseThrow(() -> new ProviderException(Refusals.noAdapter(entry, place.workspace())));
    if (old != null) {
      old.client().machines().close();
    }
    return new Made(entry, version, doors.before(client, entry.type().name()));
  }

  private static ProviderException noWorkspace(Place place) {
    return new ProviderException(
        new Failure.Waiting(
            "WorkspaceNotFound",
            "Workspace %s does not exist in namespace %s"
                .formatted(place.workspace(), place.namespace()),
            RETRY));
  }

  @Override
  public void close() {
    made.values().forEach(each -> each.client().machines().close());
    made.clear();
  }
}
