package dev.provisioning.planning.server;

import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.HostKeyPolicy;
import dev.provisioning.api.Mode;
import dev.provisioning.api.Protocol;
import dev.provisioning.api.SecretRef;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.server.DataVolume;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.server.Direction;
import dev.provisioning.api.server.FirewallRule;
import dev.provisioning.api.server.Management;
import dev.provisioning.api.server.NetworkSpec;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.api.server.Resources;
import dev.provisioning.api.server.RootDisk;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.StorageSpec;
import dev.provisioning.api.server.UserData;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.StorageRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Fills in what nobody said. */
final class EffectiveServers {
  private static final int CORES = 2;
  private static final int MEMORY_GB = 4;
  private static final int ROOT_GB = 25;
  private static final int SSH_PORT = 22;
  private static final String IMAGE = "debian-12";
  private static final String USER = "admin";
  private static final String KEY = "ssh-privatekey";
  private static final String ANY_PORT = "0-65535";

  private EffectiveServers() {}

  static EffectiveServer of(
      String name, String provider, ServerSpec spec, WorkspaceView workspace) {
    return new EffectiveServer(
        workspace.name(),
        provider,
        or(spec.hostname(), name),
        size(spec),
        storage(spec.storage(), workspace.policy().encryptedStorage()),
        network(spec.network()),
        login(spec.ssh(), workspace.name()),
        new EffectiveServer.Placement(
            Optional.ofNullable(spec.address()),
            Optional.ofNullable(spec.adopt()).map(adopt -> adopt.id()),
            Optional.ofNullable(spec.userData()).map(UserData::secretRef)),
        spec.tags(),
        policy(spec, workspace));
  }

  private static EffectiveServer.Size size(ServerSpec spec) {
    Resources resources = or(spec.resources(), new Resources(null, null));
    return new EffectiveServer.Size(
        Optional.ofNullable(spec.plan()),
        or(resources.cores(), CORES),
        or(resources.memoryGb(), MEMORY_GB),
        or(spec.image(), IMAGE),
        or(spec.zone(), MachineChoice.AUTO),
        spec.fallbacks());
  }

  private static StorageRequest storage(StorageSpec spec, boolean encryptedByPolicy) {
    StorageSpec storage = or(spec, new StorageSpec(null, List.of()));
    RootDisk root = or(storage.root(), new RootDisk(null, null, null));
    return new StorageRequest(
        or(root.sizeGb(), ROOT_GB),
        or(root.type(), ""),
        or(root.encrypted(), encryptedByPolicy),
        storage.volumes().stream().map(EffectiveServers::disk).toList());
  }

  private static StorageRequest.Disk disk(DataVolume volume) {
    return new StorageRequest.Disk(volume.name(), volume.sizeGb(), or(volume.mountPath(), ""));
  }

  private static NetworkRequest network(NetworkSpec spec) {
    NetworkSpec network = or(spec, new NetworkSpec(null, null, null, null, List.of()));
    return new NetworkRequest(
        or(network.publicIpv4(), true),
        or(network.ipv6(), false),
        Optional.ofNullable(network.vpc()),
        Optional.ofNullable(network.subnet()),
        network.firewall().stream().map(EffectiveServers::rule).toList());
  }

  private static NetworkRequest.FirewallRule rule(FirewallRule rule) {
    return new NetworkRequest.FirewallRule(
        NetworkRequest.Direction.valueOf(upper(or(rule.direction(), Direction.Ingress))),
        NetworkRequest.Protocol.valueOf(upper(or(rule.protocol(), Protocol.Tcp))),
        or(rule.ports(), ANY_PORT),
        or(rule.source(), "0.0.0.0/0"));
  }

  private static String upper(Enum<?> constant) {
    return constant.name().toUpperCase(Locale.ROOT);
  }

  private static EffectiveServer.Login login(SshSpec spec, String workspace) {
    SshSpec ssh = or(spec, new SshSpec(null, null, null, List.of(), List.of(), null, null));
    SecretRef key = or(ssh.keySecretRef(), new SecretRef(workspace + "-ssh", KEY));
    return new EffectiveServer.Login(
        or(ssh.user(), USER),
        or(ssh.port(), SSH_PORT),
        new SecretRef(key.name(), or(key.key(), KEY)),
        ssh.authorizedKeys(),
        ssh.hostKeys(),
        or(ssh.hostKeyPolicy(), HostKeyPolicy.Pinned),
        Optional.ofNullable(ssh.bastion()));
  }

  private static EffectiveServer.Policy policy(ServerSpec spec, WorkspaceView workspace) {
    DriftPolicy drift = or(spec.drift(), new DriftPolicy(null, List.of()));
    return new EffectiveServer.Policy(
        spec.management() == Management.Observe,
        spec.mode() == Mode.Plan,
        Boolean.TRUE.equals(spec.suspend()) || workspace.suspended(),
        workspace.policy().requireApproval(),
        or(spec.deletionProtection(), workspace.policy().deletionProtection()),
        spec.recreate() == Recreate.IfMissing,
        Optional.ofNullable(spec.deletionPolicy()).map(DeletionPolicy.Retain::equals),
        Boolean.TRUE.equals(spec.keepStorage()),
        encryptionSaid(spec.storage()),
        workspace.policy().windows(),
        or(spec.powerState(), PowerState.Running),
        new DriftPolicy(or(drift.mode(), DriftMode.Report), drift.ignore()));
  }

  private static boolean encryptionSaid(StorageSpec storage) {
    return storage != null && storage.root() != null && storage.root().encrypted() != null;
  }

  private static <T> T or(T value, T absent) {
    return value == null ? absent : value;
  }
}
