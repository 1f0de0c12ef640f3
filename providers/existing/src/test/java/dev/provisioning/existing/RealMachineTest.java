package dev.provisioning.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.provisioning.planning.server.CloudConfig;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Owner OURS = RealMachine.owner("ours");
  private static final Owner THEIRS = RealMachine.owner("theirs");

  private final RealMachine machine = new RealMachine();
  private MachineId id;

  @BeforeAll
  void boot() {
    machine.boot();
  }

  @AfterAll
  void remove() {
    machine.close();
  }

  @Test
  @Order(1)
  void cloudInitMakesOfItWhatTheCloudConfigSays() {
    assertThat(machine.asRoot("cloud-init status --wait").stdout()).contains("status: done");
    assertThat(machine.asRoot("cat " + CloudConfig.IDENTITY_PATH).stdout().strip())
        .isEqualTo(machine.identity().json());
    assertThat(machine.asRoot("hostname").stdout().strip()).isEqualTo("real");
    assertThat(machine.asRoot("sshd -T").stdout()).contains("passwordauthentication no");
    assertThat(machine.asRoot("ls /etc/ssh").stdout()).doesNotContain("ssh_host_rsa_key");
    assertThat(machine.asRoot("cat /srv/extra").stdout()).isEqualTo("theirs\n");
    assertThat(machine.shell.contact(machine.target()).hostKey())
        .isEqualTo(machine.host.fingerprint());
  }

  @Test
  @Order(2)
  void aDataVolumeIsMountedWhereItWasAskedFor() {
    assertThat(machine.asRoot("findmnt -n -o TARGET /srv/data").stdout().strip())
        .isEqualTo("/srv/data");
  }

  @Test
  @Order(2)
  void theMachineMayCarryContainers() {
    assertThat(machine.asRoot("echo 1 >/proc/sys/net/ipv4/ip_forward").exitCode()).isZero();
    assertThat(machine.asRoot("findmnt -n /proc/sys").stdout()).isEmpty();
    assertThat(machine.asRoot("findmnt -n -o FSTYPE -T /var/lib/containerd").stdout().strip())
        .isNotEqualTo("overlay");
    assertThat(machine.asRoot("unshare -m mount -t tmpfs none /mnt").exitCode()).isZero();
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
    id = provider().create(RealMachine.request(winner)).id();
    assertThat(provider().read(id).orElseThrow().owner()).contains(winner);
    provider().delete(id, winner, false, machine.key);
    assertThat(machine.asRoot("ls -A /var/lib/provisioning").stdout()).doesNotContain("owner.json");
  }

  @Test
  @Order(4)
  void tagsAndOwnerSurviveARestartOfTheMachine() {
    id = provider().create(RealMachine.request(OURS)).id();
    provider().change(id, OURS, new Change.SetTags(Map.of("team", "blue")), machine.key);
    machine.power(false);
    machine.shell.disconnect(machine.target().machine());
    assertThat(provider().read(id).orElseThrow().state()).isEqualTo(MachineState.UNKNOWN);
    machine.power(true);
    await()
        .atMost(Duration.ofSeconds(120))
        .pollDelay(Duration.ofSeconds(3))
        .pollInterval(Duration.ofSeconds(4))
        .until(() -> provider().read(id).orElseThrow().state() == MachineState.RUNNING);
    Machine seen = provider().read(id).orElseThrow();
    assertThat(seen.owner()).contains(OURS);
    assertThat(seen.tags()).containsExactlyEntriesOf(Map.of("team", "blue"));
    assertThat(machine.shell.contact(machine.target()).hostKey())
        .isEqualTo(machine.host.fingerprint());
  }

  @Test
  @Order(5)
  void aSwappedHostKeyStopsEveryEffect() {
    machine.asRoot(
        "cp -p /etc/ssh/ssh_host_ed25519_key /root/kept;"
            + " ssh-keygen -q -t ed25519 -N '' -f /root/new;"
            + " cat /root/new >/etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
    machine.shell.disconnect(machine.target().machine());
    assertThat(failure(() -> provider().read(id)).reason()).isEqualTo("IdentityChanged");
    assertThat(failure(() -> provider().delete(id, OURS, false, machine.key)).reason())
        .isEqualTo("IdentityChanged");
  }

  private Optional<Owner> claimed(Owner owner) {
    try {
      provider().create(RealMachine.request(owner));
      return Optional.of(owner);
    } catch (ProviderException e) {
      assertThat(e.failure().reason()).isEqualTo("OwnedByAnother");
      return Optional.empty();
    }
  }

  private ExistingProvider provider() {
    return new ExistingProvider(
        machine.shell,
        new OneTarget(machine.target()),
        RealMachine.OPERATOR,
        InstantSource.system());
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
