package dev.provisioning.controllers.access;

import dev.provisioning.api.Bastion;
import dev.provisioning.api.HostKeyPolicy;
import dev.provisioning.api.JumpHost;
import dev.provisioning.api.SecretRef;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.server.AddressType;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerAddress;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.planning.server.ServerLayers;
import dev.provisioning.planning.workspace.WorkspaceChoice;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and how to log in to the machine of a Server, from its spec, its status, its Workspace and
 * their Secrets. Asks no machine.
 */
public record Targets(Lookup lookup, LoginKeys keys) {
  private static final String USER = "admin";
  private static final int PORT = 22;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** The order in which addresses are tried: one that is reachable from anywhere comes first. */
  private static final List<AddressType> ORDER =
      List.of(
          AddressType.PublicIpv4, AddressType.PrivateIpv4, AddressType.Ipv6, AddressType.Hostname);

  /**
   * @throws ProviderException {@code Waiting(AddressUnknown, SecretNotFound, SecretKeyMissing)},
   *     {@code Invalid(WorkspaceNotFound)}, {@code Denied(LoginKeyUnreadable)}
   */
  public ShellTarget of(Server server) {
    return at(server, address(server));
  }

  /** The same for an address that no status shows yet. */
  public ShellTarget at(Server server, String address) {
    Workspace workspace = workspace(server);
    SshSpec ssh = ssh(server, workspace);
    SecretRef key = keyOf(ssh, workspace);
    String user = Objects.requireNonNullElse(ssh.user(), USER);
    return new ShellTarget(
        server.getMetadata().getUid(),
        address,
        Objects.requireNonNullElse(ssh.port(), PORT),
        user,
        keys.of(server.getMetadata().getNamespace(), key).privateKey(),
        hostKeys(server, ssh),
        policy(ssh.hostKeyPolicy()),
        Optional.ofNullable(ssh.bastion()).map(b -> bastion(server, b, user, key)),
        CONNECT);
  }

  /** The key that logs in to this Server, for the machine's authorized keys. */
  public LoginKeys.LoginKey loginKey(Server server) {
    Workspace workspace = workspace(server);
    return keys.of(server.getMetadata().getNamespace(), keyOf(ssh(server, workspace), workspace));
  }

  /** The Workspace that this Server belongs to. */
  public Workspace workspace(Server server) {
    String namespace = server.getMetadata().getNamespace();
    List<String> names =
        lookup.workspaces(namespace).stream().map(w -> w.getMetadata().getName()).toList();
    return switch (WorkspaceChoice.of(server.getSpec().workspace(), names, namespace)) {
      case WorkspaceChoice.Chosen(String name) ->
          lookup.workspace(namespace, name).orElseThrow(() -> gone(name));
      case WorkspaceChoice.Undecided(Failure why) -> throw new ProviderException(why);
    };
  }

  private static SshSpec ssh(Server server, Workspace workspace) {
    return ServerLayers.ssh(server.getSpec(), WorkspaceViews.of(workspace));
  }

  private static SecretRef keyOf(SshSpec ssh, Workspace workspace) {
    return ssh.keySecretRef() == null
        ? LoginKeys.ofWorkspace(workspace.getMetadata().getName())
        : ssh.keySecretRef();
  }

  private static String address(Server server) {
    String named = server.getSpec().address();
    if (named != null) {
      return named;
    }
    ServerStatus status = server.getStatus();
    List<ServerAddress> known = status == null ? List.of() : status.addresses();
    return ORDER.stream()
        .flatMap(type -> known.stream().filter(each -> each.type() == type))
        .map(ServerAddress::value)
        .findFirst()
        .orElseThrow(
            () ->
                waiting(
                    "AddressUnknown",
                    "Server %s has no address yet".formatted(server.getMetadata().getName())));
  }

  private static List<String> hostKeys(Server server, SshSpec ssh) {
    ServerStatus status = server.getStatus();
    Stream<String> pinned = status == null ? Stream.of() : status.hostKeys().stream();
    Stream<String> bootstrap =
        status == null || status.bootstrap() == null
            ? Stream.of()
            : Stream.of(status.bootstrap().fingerprint());
    return Stream.of(pinned, bootstrap, ssh.hostKeys().stream())
        .flatMap(keys -> keys)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private ShellTarget bastion(Server server, Bastion bastion, String user, SecretRef key) {
    return new ShellTarget(
        hop(server, bastion.host()),
        bastion.host(),
        Objects.requireNonNullElse(bastion.port(), PORT),
        Objects.requireNonNullElse(bastion.user(), user),
        keys.of(
                server.getMetadata().getNamespace(),
                Objects.requireNonNullElse(bastion.keySecretRef(), key))
            .privateKey(),
        bastion.hostKeys(),
        policy(bastion.hostKeyPolicy()),
        Optional.ofNullable(bastion.via()).map(via -> first(server, via, user, key)),
        CONNECT);
  }

  private ShellTarget first(Server server, JumpHost via, String user, SecretRef key) {
    return new ShellTarget(
        hop(server, via.host()),
        via.host(),
        Objects.requireNonNullElse(via.port(), PORT),
        Objects.requireNonNullElse(via.user(), user),
        keys.of(
                server.getMetadata().getNamespace(),
                Objects.requireNonNullElse(via.keySecretRef(), key))
            .privateKey(),
        via.hostKeys(),
        policy(via.hostKeyPolicy()),
        Optional.empty(),
        CONNECT);
  }

  /** Each Server has connections of its own through a jump host: one failing opens no other's. */
  private static String hop(Server server, String host) {
    return server.getMetadata().getUid() + "/via/" + host;
  }

  private static ShellTarget.HostKeyPolicy policy(HostKeyPolicy policy) {
    return policy == HostKeyPolicy.TrustOnFirstUse
        ? ShellTarget.HostKeyPolicy.TRUST_ON_FIRST_USE
        : ShellTarget.HostKeyPolicy.PINNED;
  }

  private static ProviderException gone(String name) {
    return waiting("WorkspaceNotFound", "Workspace " + name + " does not exist");
  }

  private static ProviderException waiting(String reason, String message) {
    return new ProviderException(new Failure.Waiting(reason, message, RETRY));
  }
}
