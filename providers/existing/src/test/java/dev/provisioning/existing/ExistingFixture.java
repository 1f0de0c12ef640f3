package dev.provisioning.existing;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.testkit.ProviderFixture;
import dev.provisioning.testkit.SmallMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Fake hosts, and Servers that name them: each asked request gets a host of its own. */
final class ExistingFixture implements ProviderFixture, TargetResolver {
  private static final SmallMachine SMALL =
      new SmallMachine(ExistingProvider.ANY, ExistingProvider.ANY, ExistingProvider.ANY, false);

  final FakeHosts hosts;
  private final String operator;
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private volatile String last = "";

  ExistingFixture(Path root, String operator) {
    this.hosts = new FakeHosts(root);
    this.operator = operator;
  }

  @Override
  public MachineProvider provider() {
    return existing();
  }

  ExistingProvider existing() {
    return new ExistingProvider(hosts, this, operator, () -> Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** This Server names this host in spec.address. */
  void names(Owner owner, String host) {
    addresses.put(owner.uid(), host);
    last = host;
  }

  String addressOf(Owner owner) {
    return addresses.get(owner.uid());
  }

  @Override
  public MachineRequest request(Owner owner, String hostname, int ordinal) {
    if (!addresses.containsKey(owner.uid())) {
      names(owner, hosts.add());
    }
    return SMALL.request(owner, hostname, ordinal);
  }

  @Override
  public Optional<String> otherPlan() {
    return Optional.empty();
  }

  @Override
  public void settle() {}

  @Override
  public Optional<MachineId> unowned() {
    last = hosts.add();
    return Optional.of(new Hosts(hosts).read(target(last)).id().id());
  }

  @Override
  public boolean loseNextCreateReply() {
    hosts.loseNextReply();
    return true;
  }

  @Override
  public boolean refuseNextCreate() {
    hosts.refuseNext();
    return true;
  }

  @Override
  public boolean failNextLaunch() {
    return false;
  }

  @Override
  public boolean sellOut() {
    return false;
  }

  @Override
  public boolean oneMachinePerServer() {
    return true;
  }

  @Override
  public int machinesOf(String uid) {
    return (int)
        hosts.all().stream()
            .filter(host -> hosts.ownerFile(host).filter(text -> text.contains(uid)).isPresent())
            .count();
  }

  @Override
  public void close() {}

  @Override
  public Optional<ShellTarget> of(Owner owner) {
    String host = addresses.getOrDefault(owner.uid(), last);
    return host.isEmpty() ? Optional.empty() : Optional.of(target(host));
  }

  @Override
  public Optional<ShellTarget> at(String host, int port) {
    return hosts.all().contains(host) ? Optional.of(target(host)) : Optional.empty();
  }

  @Override
  public List<ShellTarget> all() {
    return hosts.all().stream().map(ExistingFixture::target).toList();
  }

  static ShellTarget target(String host) {
    return new ShellTarget(
        host,
        host,
        22,
        "root",
        new SecretValue("no key"),
        List.of("SHA256:pinned"),
        ShellTarget.HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(1));
  }
}
