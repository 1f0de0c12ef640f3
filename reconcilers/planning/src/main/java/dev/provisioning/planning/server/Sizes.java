package dev.provisioning.planning.server;

import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Machine;
import java.util.Optional;

/** The plan that a machine is to be resized to. */
final class Sizes {
  private static final int MB = 1024;

  private Sizes() {}

  /** {@code drifted}: somebody else resized it, and drift is to be corrected. */
  static Optional<String> target(
      ServerInput input, ServerView view, EffectiveServer server, boolean drifted) {
    Machine machine = view.machine().orElseThrow();
    ServerInput.Provider provider = input.provider().known().orElseThrow();
    if (provider.existing() || provider.capabilities().resize() == ResizeMode.NONE) {
      return Optional.empty();
    }
    ResolvedMachine resolved = view.carried().resolved();
    if (drifted && resolved != null) {
      return Optional.of(resolved.plan());
    }
    String applied = view.applied() == null ? null : view.applied().plan();
    return server
        .size()
        .plan()
        .map(
            wish ->
                wish.equals(applied) && !view.changing("plan")
                    ? Optional.<String>empty()
                    : Optional.of(wish))
        .orElseGet(() -> large(input, view, server, provider))
        .filter(target -> !target.equals(machine.plan()));
  }

  /** The cheapest plan that fits, if the present one has become too small for the wish. */
  private static Optional<String> large(
      ServerInput input, ServerView view, EffectiveServer server, ServerInput.Provider provider) {
    String present = view.machine().orElseThrow().plan();
    boolean small =
        provider.catalog().plans().stream()
            .filter(plan -> plan.name().equals(present))
            .anyMatch(
                plan ->
                    plan.cores() < server.size().cores()
                        || plan.memoryMb() < server.size().memoryGb() * MB);
    return small
        ? Tries.resolved(input, server, 0).known().map(ResolvedMachine::plan)
        : Optional.empty();
  }
}
