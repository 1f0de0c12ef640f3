package dev.provisioning.controllers.workspace;

import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.Lookup;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.controllers.engine.Observer;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import dev.provisioning.planning.workspace.WorkspaceInput;
import dev.provisioning.planning.workspace.WorkspaceInput.ProviderFact;
import dev.provisioning.spi.ProviderException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks at providers, at what is in the Workspace and at its login key. */
final class WorkspaceObserver implements Observer<Workspace, WorkspaceInput> {
  private static final Set<Phase> ENDED =
      EnumSet.of(Phase.Succeeded, Phase.Failed, Phase.Cancelled, Phase.RolledBack);

  private final Lookup lookup;
  private final Providers providers;
  private final QuotaBook quotas;
  private final ProbeBoard probes;
  private final Waker<Workspace> waker;
  private final Duration providerCheck;

  WorkspaceObserver(Sight sight, ProbeBoard probes, Waker<Workspace> waker) {
    this.lookup = sight.lookup();
    this.providers = sight.providers();
    this.quotas = sight.quotas();
    this.providerCheck = sight.providerCheck();
    this.probes = probes;
    this.waker = waker;
  }

  /** What it looks at, and how often. */
  record Sight(Lookup lookup, Providers providers, QuotaBook quotas, Duration providerCheck) {}

  @Override
  public WorkspaceInput observe(Workspace workspace, Ledger ledger, Instant now) {
    String namespace = workspace.getMetadata().getNamespace();
    String name = workspace.getMetadata().getName();
    return new WorkspaceInput(
        Refs.of(workspace),
        workspace.getSpec(),
        Optional.ofNullable(workspace.getStatus()),
        facts(workspace),
        residents(namespace, name),
        quotas.uses(namespace, name),
        hasLoginKey(workspace),
        providerCheck,
        ledger,
        now);
  }

  private List<ProviderFact> facts(Workspace workspace) {
    String namespace = workspace.getMetadata().getNamespace();
    String name = workspace.getMetadata().getName();
    ResourceID id = ResourceID.fromResource(workspace);
    return workspace.getSpec().providers().stream()
        .map(
            entry ->
                probes.fact(
                    namespace + "/" + name + "/" + entry.name(),
                    entry.name(),
                    providers.access(namespace, name, entry.name()),
                    () -> waker.wake(id)))
        .toList();
  }

  /** What a workflow did stays when it has ended; it needs its Workspace no more. */
  private List<String> residents(String namespace, String name) {
    List<String> names =
        lookup.workspaces(namespace).stream().map(w -> w.getMetadata().getName()).toList();
    Predicate<String> in =
        said ->
            WorkspaceChoice.of(said, names, namespace)
                    instanceof WorkspaceChoice.Chosen(String chosen)
                && chosen.equals(name);
    return Stream.of(
            named(lookup.clusters(namespace), each -> in.test(each.getSpec().workspace())),
            named(lookup.servers(namespace), each -> in.test(each.getSpec().workspace())),
            named(lookup.taskServs(namespace), each -> in.test(each.getSpec().workspace())),
            named(
                lookup.workflows(namespace),
                each -> in.test(each.getSpec().workspace()) && !ended(each)))
        .flatMap(kind -> kind)
        .toList();
  }

  private static <T extends HasMetadata> Stream<String> named(List<T> all, Predicate<T> resident) {
    return all.stream()
        .filter(resident)
        .map(each -> each.getKind() + " " + each.getMetadata().getName());
  }

  private static boolean ended(BatchWorkflow workflow) {
    return workflow.getStatus() != null && ENDED.contains(workflow.getStatus().phase());
  }

  /** Simulated machines have no login; a Workspace with a key of its own needs none of ours. */
  private boolean hasLoginKey(Workspace workspace) {
    boolean needed =
        (workspace.getSpec().ssh() == null || workspace.getSpec().ssh().keySecretRef() == null)
            && workspace.getSpec().providers().stream()
                .anyMatch(entry -> !entry.type().name().equals("simulated"));
    if (!needed) {
      return true;
    }
    try {
      String secret = LoginKeys.ofWorkspace(workspace.getMetadata().getName()).name();
      return lookup.secret(workspace.getMetadata().getNamespace(), secret).isPresent();
    } catch (ProviderException e) {
      return false; // making it then fails with the same reason, which is told
    }
  }
}
