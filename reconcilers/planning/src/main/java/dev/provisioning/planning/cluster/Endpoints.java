package dev.provisioning.planning.cluster;

import dev.provisioning.api.SecretRef;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.Endpoint;
import dev.provisioning.api.server.AddressType;
import dev.provisioning.api.server.ServerAddress;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.taskserv.Bind;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the services of a Cluster answer: their ports on their machines. */
final class Endpoints {
  private static final int MOST = 64;
  private static final int ADDRESSES = 100;
  private static final List<AddressType> OUTSIDE =
      List.of(
          AddressType.PublicIpv4, AddressType.PrivateIpv4, AddressType.Ipv6, AddressType.Hostname);

  /** As templates know the other machines; only there does a service listen that is private. */
  private static final List<AddressType> INSIDE =
      List.of(
          AddressType.PrivateIpv4, AddressType.PublicIpv4, AddressType.Ipv6, AddressType.Hostname);

  private static final String KUBECONFIG = "kubeconfig";

  private Endpoints() {}

  static List<Endpoint> of(Assessment assessment) {
    return assessment.target().topology().components().stream()
        .flatMap(
            component ->
                child(assessment, component).flatMap(TaskServChild::status).stream()
                    .flatMap(status -> endpoints(assessment, component, status)))
        .filter(endpoint -> !endpoint.addresses().isEmpty())
        .limit(MOST)
        .toList();
  }

  /** The Secret of a component that exports a kubeconfig, once it is ready. */
  static Optional<SecretRef> kubeconfig(Assessment assessment) {
    return assessment.target().topology().components().stream()
        .filter(
            component ->
                definition(assessment, component).stream()
                    .flatMap(d -> d.exports().stream())
                    .anyMatch(e -> e.name().equals(KUBECONFIG) && Boolean.TRUE.equals(e.secret())))
        .flatMap(component -> child(assessment, component).stream())
        .filter(child -> child.status().filter(s -> s.installedVersion() != null).isPresent())
        .map(child -> new SecretRef(child.name() + "-exports", KUBECONFIG))
        .findFirst();
  }

  private static Optional<TaskServDefinitionSpec> definition(
      Assessment assessment, Component component) {
    return Optional.ofNullable(assessment.input().world().services().get(component.definition()));
  }

  private static Optional<TaskServChild> child(Assessment assessment, Component component) {
    return assessment.input().world().taskServ(assessment.target().taskServName(component.name()));
  }

  private static Stream<Endpoint> endpoints(
      Assessment assessment, Component component, TaskServStatus status) {
    return status.ports().stream()
        .map(
            port ->
                new Endpoint(
                    component.name() + "/" + port.name(), addresses(assessment, status, port)));
  }

  private static List<String> addresses(
      Assessment assessment, TaskServStatus status, OpenPort port) {
    return status.servers().stream()
        .filter(m -> m.version() != null && plays(m, port))
        .sorted(Comparator.comparing(MemberStatus::name))
        .flatMap(m -> assessment.input().world().server(m.name()).stream())
        .flatMap(server -> address(server, port).stream())
        .flatMap(address -> port.numbers().stream().map(number -> address + ":" + number))
        .limit(ADDRESSES)
        .toList();
  }

  private static boolean plays(MemberStatus member, OpenPort port) {
    return port.role() == null || port.role().equals(member.role());
  }

  private static Optional<String> address(ServerChild server, OpenPort port) {
    List<AddressType> order = port.bind() == Bind.Private ? INSIDE : OUTSIDE;
    List<ServerAddress> all = server.status().map(ServerStatus::addresses).orElse(List.of());
    return order.stream()
        .flatMap(type -> all.stream().filter(address -> address.type() == type))
        .map(ServerAddress::value)
        .findFirst();
  }
}
