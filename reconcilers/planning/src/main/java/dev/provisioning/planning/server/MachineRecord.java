package dev.provisioning.planning.server;

import dev.provisioning.api.server.AddressType;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.AppliedStateBuilder;
import dev.provisioning.api.server.MachineStatus;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.api.server.ServerAddress;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down the machine that was seen, and what the operator has brought it to. */
final class MachineRecord {
  private MachineRecord() {}

  static ServerStatus of(ServerInput input, ServerView view) {
    ServerStatus status = view.carried().with(b -> b.failures(view.failures().list()));
    boolean bootstrapping = !view.contacted();
    ServerStatus withKey =
        status.with(
            b ->
                b.bootstrap(
                    bootstrapping ? input.host().bootstrap().orElse(status.bootstrap()) : null));
    if (view.machine().isEmpty()) {
      return withKey;
    }
    Machine machine = view.machine().get();
    ResolvedMachine resolved = resolved(view, machine);
    AppliedState applied =
        input
            .effective()
            .known()
            .map(server -> applied(input, view, server, resolved))
            .orElse(withKey.applied());
    String provider = provider(input, withKey);
    return withKey.with(
        b ->
            b.machine(machine(machine, provider))
                .addresses(machine.addresses().stream().map(MachineRecord::address).toList())
                .incarnation(view.incarnation())
                .resolved(resolved)
                .applied(applied));
  }

  private static String provider(ServerInput input, ServerStatus status) {
    String recorded = status.machine() == null ? null : status.machine().provider();
    return recorded != null
        ? recorded
        : input.provider().known().map(ServerInput.Provider::name).orElse(null);
  }

  private static MachineStatus machine(Machine machine, String provider) {
    return new MachineStatus(
        machine.id().value(),
        provider,
        machine.name(),
        machine.plan(),
        machine.imageId(),
        machine.zone(),
        Waits.word(machine.state()),
        machine.createdAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static ServerAddress address(Address address) {
    AddressType type =
        switch (address.type()) {
          case PUBLIC_IPV4 -> AddressType.PublicIpv4;
          case PRIVATE_IPV4 -> AddressType.PrivateIpv4;
          case IPV6 -> AddressType.Ipv6;
          case HOSTNAME -> AddressType.Hostname;
        };
    return new ServerAddress(type, address.value());
  }

  /** What we made, or found when we took it over; a resize of ours moves it. */
  private static ResolvedMachine resolved(ServerView view, Machine machine) {
    ResolvedMachine before = view.carried().resolved();
    if (before == null) {
      return new ResolvedMachine(machine.plan(), machine.zone(), machine.imageId(), null, 0);
    }
    boolean resizing =
        view.intent().filter(intent -> intent.action().startsWith("ResizeMachine/")).isPresent();
    return resizing || view.changing("plan") ? before.with(b -> b.plan(machine.plan())) : before;
  }

  private static AppliedState applied(
      ServerInput input, ServerView view, EffectiveServer server, ResolvedMachine resolved) {
    Machine machine = view.machine().orElseThrow();
    AppliedState before = view.applied();
    boolean settled =
        machine.state() == MachineState.RUNNING || machine.state() == MachineState.STOPPED;
    if (!settled) {
      return view.carried().applied();
    }
    if (before != null) {
      return after(view, server, machine, before);
    }
    AppliedState ordered = view.carried().applied();
    return begun(ordered == null ? guessed(input, server, machine, resolved) : ordered, machine);
  }

  /** The wish that a machine is about to be made for. */
  static AppliedState ordered(ServerInput input, EffectiveServer server) {
    String plan = server.size().plan().orElse(null);
    return wish(server, plan, server.size().image(), place(input, server, server.size().zone()));
  }

  /** A machine that exists already is where its address is. */
  private static String place(ServerInput input, EffectiveServer server, String zone) {
    return input.provider().known().filter(ServerInput.Provider::existing).isPresent()
        ? server.placement().address().orElse("")
        : zone;
  }

  /**
   * The wish of a machine that was taken over or made by an older operator: as near as it can be.
   */
  private static AppliedState guessed(
      ServerInput input, EffectiveServer server, Machine machine, ResolvedMachine resolved) {
    boolean asWished = resolved.fallback() == null || resolved.fallback() == 0;
    String plan = server.size().plan().map(wish -> asWished ? machine.plan() : wish).orElse(null);
    boolean sameImage =
        Tries.image(input, server).map(id -> id.equals(resolved.imageId())).orElse(true);
    String zone =
        asWished && !server.size().zone().equals(MachineChoice.AUTO)
            ? machine.zone()
            : server.size().zone();
    return wish(
        server,
        plan,
        sameImage ? server.size().image() : resolved.imageId(),
        place(input, server, zone));
  }

  private static AppliedState wish(EffectiveServer server, String plan, String image, String zone) {
    return AppliedStateBuilder.builder()
        .plan(plan)
        .image(image)
        .zone(zone)
        .vpc(server.network().vpc().orElse(null))
        .subnet(server.network().subnet().orElse(null))
        .publicIpv4(server.network().publicIpv4())
        .ipv6(server.network().ipv6())
        .root(Immutables.root(server))
        .build();
  }

  /** What it is brought to begins with what it runs with. */
  private static AppliedState begun(AppliedState wish, Machine machine) {
    return wish.with(
        b ->
            b.powerState(
                    machine.state() == MachineState.RUNNING
                        ? PowerState.Running
                        : PowerState.Stopped)
                .tags(machine.tags())
                .firewallHash(machine.firewallHash().orElse(null))
                .changing(List.of()));
  }

  private static AppliedState after(
      ServerView view, EffectiveServer server, Machine machine, AppliedState before) {
    PowerState observed =
        machine.state() == MachineState.RUNNING ? PowerState.Running : PowerState.Stopped;
    boolean stoppedByUs =
        observed == PowerState.Stopped
            && view.intent().filter(i -> i.action().startsWith("StopMachine/")).isPresent();
    boolean power = observed == server.policy().powerState() || stoppedByUs;
    Optional<String> wishedPlan = server.size().plan().filter(machine.plan()::equals);
    boolean tags = machine.tags().equals(server.tags());
    String rules = NetworkRequest.firewallHash(server.network().firewall());
    boolean firewall = machine.firewallHash().filter(rules::equals).isPresent();
    List<String> open = new ArrayList<>(before.changing());
    if (!view.unsettled()) {
      close(open, "powerState", power);
      close(open, "plan", wishedPlan.isPresent() || server.size().plan().isEmpty());
      close(open, "tags", tags);
      close(open, "firewall", firewall);
    }
    return before.with(
        b ->
            b.powerState(power ? observed : before.powerState())
                .plan(wishedPlan.orElse(before.plan()))
                .tags(tags ? server.tags() : before.tags())
                .firewallHash(firewall ? rules : before.firewallHash())
                .changing(open));
  }

  private static void close(List<String> open, String field, boolean seen) {
    if (seen) {
      open.remove(field);
    }
  }
}
