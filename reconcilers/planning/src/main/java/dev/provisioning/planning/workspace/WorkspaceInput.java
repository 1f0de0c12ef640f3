package dev.provisioning.planning.workspace;

import dev.provisioning.api.workspace.ProviderStatus;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceStatus;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.spi.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that the decision about one Workspace needs.
 *
 * @param providers in the order of the spec
 * @param residents the resources in it, like {@code Server web-01}, sorted
 * @param uses what its Servers are together
 * @param loginKey whether the Secret with its login key exists; true when it needs none
 */
public record WorkspaceInput(
    ResourceRef ref,
    WorkspaceSpec spec,
    Optional<WorkspaceStatus> status,
    List<ProviderFact> providers,
    List<String> residents,
    Amounts uses,
    boolean loginKey,
    Duration providerCheck,
    Ledger ledger,
    Instant now) {
  public WorkspaceInput {
    providers = List.copyOf(providers);
    residents = List.copyOf(residents);
  }

  /**
   * The providers; one that did not answer this process yet is as the last status of this very spec
   * has it: another operator is no news about a cloud.
   */
  List<ProviderFact> known() {
    List<ProviderStatus> told =
        status
            .filter(last -> Objects.equals(last.observedGeneration(), ref.generation()))
            .map(WorkspaceStatus::providers)
            .orElse(List.of());
    return providers.stream()
        .map(fact -> fact.probe().isPresent() ? fact : told(fact, told))
        .toList();
  }

  private static ProviderFact told(ProviderFact fact, List<ProviderStatus> told) {
    return told.stream()
        .filter(last -> last.name().equals(fact.name()) && last.ready() != null)
        .findFirst()
        .map(
            last ->
                new ProviderFact(
                    last.name(),
                    Optional.of(new Probe(last.ready(), last.reason(), last.message())),
                    last.capabilities()))
        .orElse(fact);
  }

  /** {@code probe} is empty while the first answer is awaited. */
  public record ProviderFact(String name, Optional<Probe> probe, List<String> capabilities) {
    boolean broken() {
      return probe.filter(answer -> !answer.ready()).isPresent();
    }
  }
}
