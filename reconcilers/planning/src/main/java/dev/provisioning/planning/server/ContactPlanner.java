package dev.provisioning.planning.server;

import dev.provisioning.api.HostKeyPolicy;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineState;
import java.util.List;
import java.util.Optional;

/** First contact (never blind): which login is next, if one is. */
final class ContactPlanner {
  private ContactPlanner() {}

  /** The logins that will follow a create, for the plan's reader. */
  static List<ServerAction> afterCreate(
      ServerInput input, EffectiveServer server, int incarnation) {
    ServerInput.Provider provider = input.provider().known().orElseThrow();
    if (!provider.shell()) {
      return List.of();
    }
    return List.of(
        bootstraps(provider, server)
            ? new ServerAction.PinHostKey(incarnation)
            : new ServerAction.ContactMachine(incarnation));
  }

  static List<ServerAction> next(ServerInput input, ServerView view, EffectiveServer server) {
    ServerInput.Provider provider = input.provider().known().orElseThrow();
    boolean running = view.machine().filter(m -> m.state() == MachineState.RUNNING).isPresent();
    boolean due = provider.shell() && !view.contacted() && !server.policy().observeOnly();
    if (!due || !running) {
      return List.of();
    }
    if (!bootstraps(provider, server)) {
      return List.of(new ServerAction.ContactMachine(view.incarnation()));
    }
    List<String> pinned = view.carried().hostKeys();
    return List.of(
        pinned.isEmpty()
            ? new ServerAction.PinHostKey(view.incarnation())
            : new ServerAction.SwitchHostKey(view.incarnation(), pinned.getFirst()));
  }

  /** Why the next login cannot be tried. */
  static Optional<Failure> problem(ServerInput input, EffectiveServer server) {
    ServerInput.Provider provider = input.provider().known().orElseThrow();
    if (input.host().problem().isPresent()) {
      return input.host().problem();
    }
    boolean blind =
        !bootstraps(provider, server)
            && server.login().hostKeys().isEmpty()
            && server.login().hostKeyPolicy() == HostKeyPolicy.Pinned;
    return blind
        ? Optional.of(
            new Failure.Invalid(
                "HostKeyUnknown",
                "spec.ssh.hostKeys: give the machine's fingerprint (ssh-keygen -lf"
                    + " /etc/ssh/ssh_host_ed25519_key.pub on it), or set spec.ssh.hostKeyPolicy:"
                    + " TrustOnFirstUse"))
        : Optional.empty();
  }

  /** Whether the machine is born with a host key that we chose. */
  private static boolean bootstraps(ServerInput.Provider provider, EffectiveServer server) {
    return provider.capabilities().cloudInit() && server.placement().adoptId().isEmpty();
  }
}
