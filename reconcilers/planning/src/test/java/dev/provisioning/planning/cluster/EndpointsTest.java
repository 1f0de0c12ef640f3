package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.SecretRef;
import dev.provisioning.api.cluster.Endpoint;
import dev.provisioning.api.server.AddressType;
import dev.provisioning.api.server.ServerAddress;
import dev.provisioning.api.taskserv.Bind;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where people find what a Cluster made. */
class EndpointsTest {
  private static final String KUBERNETES =
      """
      category: Kubernetes
      description: A cluster of containers.
      versions: [{version: "1.35", default: true}]
      exports:
      - {name: version, command: make}
      - {name: kubeconfig, command: make, secret: %s}
      """;

  private final Scene scene = new Scene();

  @BeforeEach
  void aControlPlaneAndAWorker() {
    define("true");
    scene.apply(
        """
        nodePools:
        - {name: master, replicas: 1, server: {plan: small}}
        - {name: worker, replicas: 1, server: {plan: small}}
        components:
        - {name: os}
        - name: k8s
          definition: kubernetes
          nodePools: [master, worker]
          roles: {master: control-plane, worker: worker}
          dependsOn: [os]
        """);
  }

  private void define(String secret) {
    scene.services.put(
        "kubernetes", Scene.read(KUBERNETES.formatted(secret), TaskServDefinitionSpec.class));
  }

  private void listens(OpenPort... ports) {
    FakeTaskServ service = scene.world.taskServs.get("shop-k8s");
    service.status = service.status.withPorts(List.of(ports));
    scene.passes(1);
  }

  @Test
  void portsOfARoleAreOnTheMachinesOfThatRole() {
    scene.settle();
    listens(
        new OpenPort("api", List.of(6443), "control-plane", null),
        new OpenPort("metrics", List.of(10250), null, null));
    assertThat(scene.world.servers.get("shop-master-01").labels)
        .containsEntry("provisioning.dev/role.shop-k8s", "control-plane");
    assertThat(scene.status.endpoints())
        .containsExactly(
            new Endpoint("k8s/api", List.of(address("shop-master-01") + ":6443")),
            new Endpoint(
                "k8s/metrics",
                List.of(
                    address("shop-master-01") + ":10250", address("shop-worker-01") + ":10250")));
  }

  @Test
  void aPortWithSeveralNumbersIsOneEndpointWithAnAddressEach() {
    scene.settle();
    String master = address("shop-master-01");
    listens(new OpenPort("http", List.of(80, 443), "control-plane", null));
    assertThat(scene.status.endpoints())
        .containsExactly(new Endpoint("k8s/http", List.of(master + ":80", master + ":443")));
  }

  @Test
  void aMachineOnWhichTheServiceIsNotYetIsNotNamed() {
    scene.settle();
    FakeTaskServ service = scene.world.taskServs.get("shop-k8s");
    service.status =
        service.status.withServers(
            service.status.servers().stream()
                .map(m -> m.name().equals("shop-worker-01") ? m.withVersion(null) : m)
                .toList());
    listens(new OpenPort("metrics", List.of(10250), null, null));
    assertThat(scene.status.endpoints())
        .containsExactly(
            new Endpoint("k8s/metrics", List.of(address("shop-master-01") + ":10250")));
  }

  @Test
  void whatListensInsideIsNamedByTheAddressThatOtherMachinesUse() {
    scene.settle();
    FakeServer master = scene.world.servers.get("shop-master-01");
    master.status =
        master.status.withAddresses(
            List.of(
                new ServerAddress(AddressType.PublicIpv4, "203.0.113.9"),
                new ServerAddress(AddressType.PrivateIpv4, "10.0.0.9")));
    listens(
        new OpenPort("api", List.of(6443), "control-plane", Bind.All),
        new OpenPort("store", List.of(2379), "control-plane", Bind.Private));
    assertThat(scene.status.endpoints())
        .containsExactly(
            new Endpoint("k8s/api", List.of("203.0.113.9:6443")),
            new Endpoint("k8s/store", List.of("10.0.0.9:2379")));
  }

  private String address(String server) {
    return scene.world.servers.get(server).status.addresses().getFirst().value();
  }

  @Test
  void theKubeconfigIsNamedAsSoonAsThereIsOne() {
    scene.passes(1);
    assertThat(scene.status.kubeconfigSecretRef()).isNull();
    scene.settle();
    assertThat(scene.status.kubeconfigSecretRef())
        .isEqualTo(new SecretRef("shop-k8s-exports", "kubeconfig"));
  }

  @Test
  void whatIsNoSecretIsNoKubeconfig() {
    define("false");
    scene.settle();
    assertThat(scene.ready()).isTrue();
    assertThat(scene.status.kubeconfigSecretRef()).isNull();
  }
}
