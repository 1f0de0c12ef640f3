package dev.provisioning.existing;

import static org.awaitility.Awaitility.await;

import dev.provisioning.local.LocalConfig;
import dev.provisioning.local.LocalProvider;
import dev.provisioning.planning.server.CloudConfig;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A machine made by {@code local} with the cloud-config of first contact, and a shell to it. */
final class RealMachine implements AutoCloseable {
  static final String OPERATOR = "existing-real-" + UUID.randomUUID();
  private static final Owner MAKER = owner("maker");

  final KeyFile host = KeyFile.generate();
  final IdempotencyKey key = IdempotencyKey.of(MAKER.uid(), 1, "create#0");
  final RemoteShell shell = new SshRemoteShell(SshSettings.defaults());
  private final KeyFile login = KeyFile.generate();
  private final LocalProvider engine =
      new LocalProvider(LocalConfig.defaults(), OPERATOR, System.getenv(), InstantSource.system());
  private MachineId container;
  private ShellTarget target;

  void boot() {
    container = engine.create(request()).id();
    Machine machine = engine.read(container).orElseThrow();
    target = target(machine.addresses().getFirst().value());
    await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofSeconds(1))
        .ignoreException(ProviderException.class)
        .until(
            () -> {
              // Five refusals in a row would open the circuit of the machine for a minute.
              shell.disconnect(target.machine());
              return shell.contact(target).facts().systemd();
            });
  }

  ShellTarget target() {
    return target;
  }

  CloudConfig.Identity identity() {
    return CloudConfig.Identity.of(MAKER, key);
  }

  /** Switches it on or off. */
  void power(boolean on) {
    engine.change(container, MAKER, new Change.Power(on), key);
  }

  CommandResult asRoot(String script) {
    return shell.run(target, RemoteCommand.asRoot(script, Duration.ofSeconds(60)));
  }

  private ShellTarget target(String address) {
    return new ShellTarget(
        OPERATOR,
        address,
        22,
        "provisioning",
        login.privateKey(),
        List.of(host.fingerprint()),
        ShellTarget.HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(5));
  }

  private MachineRequest request() {
    CloudConfig.Result rendered =
        CloudConfig.render(
            new CloudConfig.Input(
                "real",
                "provisioning",
                List.of(login.publicKey() + " operator"),
                new CloudConfig.HostKey(host.privateKey(), host.publicKey()),
                List.of(),
                identity(),
                Optional.of(
                    "#cloud-config\nssh_pwauth: true\nwrite_files:\n"
                        + "  - {path: /srv/extra, content: \"theirs\\n\"}\n")));
    return request(MAKER, ((CloudConfig.Result.Rendered) rendered).userData());
  }

  static MachineRequest request(Owner owner) {
    return request(owner, new MachineRequest.UserData(""));
  }

  private static MachineRequest request(Owner owner, MachineRequest.UserData userData) {
    IdempotencyKey key = IdempotencyKey.of(owner.uid(), owner.incarnation(), "create#0");
    return new MachineRequest(
        key,
        owner,
        "real-" + key.value().substring(0, 8),
        "real",
        "1x1",
        "provisioning/machine:debian-12",
        "local",
        new StorageRequest(
            25, "ssd", false, List.of(new StorageRequest.Disk("data", 1, "/srv/data"))),
        new NetworkRequest(false, false, Optional.empty(), Optional.empty(), List.of()),
        userData,
        Map.of());
  }

  static Owner owner(String name) {
    return new Owner(OPERATOR, "real", "lab", name, name + "-" + UUID.randomUUID(), 1);
  }

  @Override
  public void close() {
    shell.close();
    if (container != null) {
      engine.delete(container, MAKER, false, key);
    }
    engine.close();
  }
}
