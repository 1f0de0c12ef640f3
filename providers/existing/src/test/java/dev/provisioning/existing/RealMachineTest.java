package dev.provisioning.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.provisioning.local.LocalConfig;
import dev.provisioning.local.LocalProvider;
import dev.provisioning.planning.server.CloudConfig;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One machine in one life: made by {@code local} with the cloud-config of first contact, claimed by
 * {@code existing} over real SSH, raced for, cut off, exchanged, given back.
 */
@Tag("machines")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealMachineTest {
  private static final String OPERATOR = "existing-real-" + UUID.randomUUID();
  private static final Owner MAKER = owner("maker");
  private static final Owner OURS = owner("ours");
  private static final Owner THEIRS = owner("theirs");

  private final KeyFile login = KeyFile.generate();
  private final KeyFile host = KeyFile.generate();
  private final IdempotencyKey key = IdempotencyKey.of(MAKER.uid(), 1, "create#0");
  private final RemoteShell shell = new SshRemoteShell(SshSettings.defaults());
  private final LocalProvider engine =
      new LocalProvider(LocalConfig.defaults(), OPERATOR, System.getenv(), InstantSource.system());
  private MachineId container;
  private ShellTarget target;
  private MachineId id;

  @BeforeAll
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

  @AfterAll
  void remove() {
    shell.close();
    if (container != null) {
      engine.delete(container, MAKER, false, key);
    }
    engine.close();
  }

  @Test
  @Order(1)
  void cloudInitMakesOfItWhatTheCloudConfigSays() {
    assertThat(asRoot("cloud-init status --wait").stdout()).contains("status: done");
    assertThat(asRoot("cat " + CloudConfig.IDENTITY_PATH).stdout().strip())
        .isEqualTo(CloudConfig.Identity.of(MAKER, key).json());
    assertThat(asRoot("hostname").stdout().strip()).isEqualTo("real");
    assertThat(asRoot("sshd -T").stdout()).contains("passwordauthentication no");
    assertThat(asRoot("ls /etc/ssh").stdout()).doesNotContain("ssh_host_rsa_key");
    assertThat(asRoot("cat /srv/extra").stdout()).isEqualTo("theirs\n");
    assertThat(shell.contact(target).hostKey()).isEqualTo(host.fingerprint());
  }

  @Test
  @Order(2)
  void aDataVolumeIsMountedWhereItWasAskedFor() {
    assertThat(asRoot("findmnt -n -o TARGET /srv/data").stdout().strip()).isEqualTo("/srv/data");
  }

  @Test
  @Order(2)
  void theMachineMayCarryContainers() {
    assertThat(asRoot("echo 1 >/proc/sys/net/ipv4/ip_forward").exitCode()).isZero();
    assertThat(asRoot("findmnt -n /proc/sys").stdout()).isEmpty();
    assertThat(asRoot("findmnt -n -o FSTYPE -T /var/lib/containerd").stdout().strip())
        .isNotEqualTo("overlay");
    assertThat(asRoot("unshare -m mount -t tmpfs none /mnt").exitCode()).isZero();
  }

  @Test
  @Order(3)
  void ofTwoOperatorsThatClaimAtOnceOneOwnsIt() throws Exception {
    List<Owner> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Owner>>> claims = new ArrayList<>();
      for (Owner owner : List.of(OURS, THEIRS)) {
        claims.add(threads.submit(() -> claimed(owner)));
      }
      for (Future<Optional<Owner>> claim : claims) {
        claim.get().ifPresent(winners::add);
      }
    }
    assertThat(winners).hasSize(1);
    Owner winner = winners.getFirst();
    id = provider().create(request(winner)).id();
    assertThat(provider().read(id).orElseThrow().owner()).contains(winner);
    provider().delete(id, winner, false, key);
    assertThat(asRoot("ls -A /var/lib/provisioning").stdout()).doesNotContain("owner.json");
  }

  @Test
  @Order(4)
  void tagsAndOwnerSurviveARestartOfTheMachine() {
    id = provider().create(request(OURS)).id();
    provider().change(id, OURS, new Change.SetTags(Map.of("team", "blue")), key);
    engine.change(container, MAKER, new Change.Power(false), key);
    shell.disconnect(target.machine());
    assertThat(provider().read(id).orElseThrow().state()).isEqualTo(MachineState.UNKNOWN);
    engine.change(container, MAKER, new Change.Power(true), key);
    await()
        .atMost(Duration.ofSeconds(120))
        .pollDelay(Duration.ofSeconds(3))
        .pollInterval(Duration.ofSeconds(4))
        .until(() -> provider().read(id).orElseThrow().state() == MachineState.RUNNING);
    Machine machine = provider().read(id).orElseThrow();
    assertThat(machine.owner()).contains(OURS);
    assertThat(machine.tags()).containsExactlyEntriesOf(Map.of("team", "blue"));
    assertThat(shell.contact(target).hostKey()).isEqualTo(host.fingerprint());
  }

  @Test
  @Order(5)
  void aSwappedHostKeyStopsEveryEffect() {
    asRoot(
        "cp -p /etc/ssh/ssh_host_ed25519_key /root/kept;"
            + " ssh-keygen -q -t ed25519 -N '' -f /root/new;"
            + " cat /root/new >/etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
    shell.disconnect(target.machine());
    assertThat(failure(() -> provider().read(id)).reason()).isEqualTo("IdentityChanged");
    assertThat(failure(() -> provider().delete(id, OURS, false, key)).reason())
        .isEqualTo("IdentityChanged");
  }

  private Optional<Owner> claimed(Owner owner) {
    try {
      provider().create(request(owner));
      return Optional.of(owner);
    } catch (ProviderException e) {
      assertThat(e.failure().reason()).isEqualTo("OwnedByAnother");
      return Optional.empty();
    }
  }

  private ExistingProvider provider() {
    return new ExistingProvider(shell, new OneTarget(target), OPERATOR, InstantSource.system());
  }

  private CommandResult asRoot(String script) {
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
                CloudConfig.Identity.of(MAKER, key),
                Optional.of(
                    "#cloud-config\nssh_pwauth: true\nwrite_files:\n"
                        + "  - {path: /srv/extra, content: \"theirs\\n\"}\n")));
    return request(MAKER, ((CloudConfig.Result.Rendered) rendered).userData());
  }

  private MachineRequest request(Owner owner) {
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

  private static Owner owner(String name) {
    return new Owner(OPERATOR, "real", "lab", name, name + "-" + UUID.randomUUID(), 1);
  }

  private static Failure failure(ThrowingCallable call) {
    return catchThrowableOfType(ProviderException.class, call).failure();
  }

  /** Every Server of this Workspace names the one machine. */
  private record OneTarget(ShellTarget target) implements TargetResolver {
    @Override
    public Optional<ShellTarget> of(Owner owner) {
      return Optional.of(target);
    }

    @Override
    public Optional<ShellTarget> at(String host, int port) {
      return Optional.of(target).filter(t -> t.host().equals(host) && t.port() == port);
    }

    @Override
    public List<ShellTarget> all() {
      return List.of(target);
    }
  }
}
