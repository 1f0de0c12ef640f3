package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The charts, rendered by helm and judged by an API server. */
@Tag("apiserver")
class ChartsTest {
  private static final String OPERATOR = chart("operator");
  private static final String CATALOGUE = chart("catalogue");
  private static final String NAMESPACE = "charts-" + UUID.randomUUID().toString().substring(0, 8);

  private static String chart(String name) {
    return Catalogue.repository().resolve("helm").resolve(name).toString();
  }

  @BeforeAll
  static void kindsAreKnown() {
    Clusters.installKinds();
    Clusters.kubectl("create", "namespace", NAMESPACE);
  }

  private static String rendered(String chart, String... values) {
    var words =
        new java.util.ArrayList<>(List.of("template", "proof", chart, "--namespace", NAMESPACE));
    words.addAll(List.of("--kube-version", "1.34.1"));
    Stream.of(values).forEach(value -> words.addAll(List.of("--set", value)));
    var ended = Clusters.helm(words.toArray(String[]::new));
    assertThat(ended.code()).as(ended.output()).isZero();
    return ended.output();
  }

  private static long count(String manifests, String kind) {
    return manifests.lines().filter(line -> line.equals("kind: " + kind)).count();
  }

  @Test
  void theCatalogueChartHoldsEveryDefinitionOnce() {
    assertThat(count(rendered(CATALOGUE), "TaskServDefinition"))
        .isEqualTo(Catalogue.names().count());
    assertThat(count(rendered(CATALOGUE), "ClusterDefinition"))
        .isEqualTo(Catalogue.clusters().count());
  }

  @Test
  void definitionsCanBeChosenAndLeftOut() {
    assertThat(
            count(
                rendered(CATALOGUE, "include={redis,nginx}", "exclude={nginx}"),
                "TaskServDefinition"))
        .isEqualTo(1);
  }

  @Test
  void theOperatorChartHoldsEveryKindThatIsGenerated() {
    String[] generated =
        Catalogue.repository().resolve("crds").toFile().list((dir, name) -> name.endsWith(".yaml"));
    String[] shipped = new File(OPERATOR, "files/crds").list();
    assertThat(shipped).containsExactlyInAnyOrder(generated);
    assertThat(count(rendered(OPERATOR), "CustomResourceDefinition")).isEqualTo(generated.length);
    assertThat(rendered(OPERATOR)).contains("helm.sh/resource-policy: keep");
    assertThat(count(rendered(OPERATOR, "crds.install=false"), "CustomResourceDefinition"))
        .isZero();
  }

  @Test
  void anOperatorOfTwoNamespacesHasRightsInTheseAlone() {
    String manifests = rendered(OPERATOR, "watchNamespaces={red,blue}");
    List<String> bindings =
        Arrays.stream(manifests.split("(?m)^---$"))
            .filter(m -> m.contains("kind: ClusterRoleBinding"))
            .toList();
    assertThat(bindings).hasSize(1).allMatch(m -> m.contains("-preflight"));
    assertThat(manifests).contains("namespace: red").contains("namespace: blue");
  }

  @Test
  void noRuleOfTheOperatorIsAWildcard() {
    assertThat(rendered(OPERATOR))
        .doesNotContain("\"*\"")
        .doesNotContain("escalate")
        .doesNotContain("impersonate");
  }

  /** The roles for people have fixed names, and one of them is what one would call the release. */
  @Test
  void noTwoObjectsOfAReleaseHaveOneNameWhateverItIsCalled() {
    for (String release : List.of("provisioning", "provisioning-operator", "operator")) {
      var ended = Clusters.helm("template", release, OPERATOR, "--kube-version", "1.34.1");
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output().split("(?m)^---$"))
          .extracting(manifest -> line(manifest, "kind: ") + line(manifest, "  name: "))
          .doesNotHaveDuplicates();
    }
  }

  private static String line(String manifest, String start) {
    return manifest.lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
  }

  @Test
  void theApiServerIsReachedOnThePortsThatItHas() {
    String egress = "networkPolicy.egress[0].ports[0].port=22";
    assertThat(rendered(OPERATOR, egress)).contains("{port: 443, ", "{port: 6443, ");
    assertThat(rendered(OPERATOR, egress, "networkPolicy.apiServerPorts={16443}"))
        .contains("{port: 16443, ")
        .doesNotContain("{port: 443, ");
  }

  @Test
  void aSecondOperatorLivesBesideTheFirst() {
    String first = NAMESPACE + "-one";
    String second = NAMESPACE + "-two";
    helm(
        "install",
        "one",
        OPERATOR,
        "-n",
        first,
        "--create-namespace",
        "--take-ownership",
        "--set",
        "watchNamespaces={" + first + "}");
    helm(
        "install",
        "two",
        OPERATOR,
        "-n",
        second,
        "--create-namespace",
        "--set",
        "watchNamespaces={" + second + "},crds.install=false,rbac.userRoles=false");
    String account = "--as=system:serviceaccount:" + second + ":two-provisioning-operator";
    may(account, "yes", "update", "servers.provisioning.dev", "-n", second);
    may(account, "no", "update", "servers.provisioning.dev", "-n", first);
    for (String name : List.of("one", "two")) {
      helm("uninstall", name, "-n", NAMESPACE + "-" + name);
      Clusters.kubectl("delete", "namespace", NAMESPACE + "-" + name, "--wait=false");
    }
  }

  @Test
  void theRolesForPeopleLetReadWhatIsToldAndDoWhatTheirNamesSay() {
    String namespace = NAMESPACE + "-people";
    helm("install", "people", OPERATOR, "-n", namespace, "--create-namespace", "--take-ownership");
    for (String role : List.of("viewer", "developer", "operator", "admin")) {
      String bound = "--clusterrole=provisioning-" + role;
      Clusters.kubectl("create", "rolebinding", role, bound, "--user=" + role, "-n", namespace);
      may("--as=" + role, "yes", "watch", "events", "-n", namespace);
      may("--as=" + role, "yes", "list", "servers.provisioning.dev", "-n", namespace);
    }
    may("--as=viewer", "no", "patch", "taskservs.provisioning.dev", "-n", namespace);
    may("--as=developer", "yes", "patch", "taskservs.provisioning.dev", "-n", namespace);
    may("--as=developer", "no", "create", "servers.provisioning.dev", "-n", namespace);
    may("--as=operator", "yes", "create", "servers.provisioning.dev", "-n", namespace);
    may("--as=operator", "no", "create", "workspaces.provisioning.dev", "-n", namespace);
    may("--as=admin", "yes", "create", "workspaces.provisioning.dev", "-n", namespace);
    for (String role : List.of("operator", "admin")) {
      String scale = "clusters.provisioning.dev";
      may("--as=" + role, "yes", "patch", scale, "--subresource=scale", "-n", namespace);
    }
    helm("uninstall", "people", "-n", namespace);
    Clusters.kubectl("delete", "namespace", namespace, "--wait=false");
  }

  @ParameterizedTest
  @CsvSource({
    "colour=red, colour",
    "replicas=9, /replicas",
    "rbac.create=perhaps, /rbac/create",
    "leaderElection.leaseDuration=soon, /leaderElection/leaseDuration",
    "image.digest=abc, /image/digest",
    "log.level=TRACE, /log/level",
    "networkPolicy.apiServerPorts={0}, /networkPolicy/apiServerPorts"
  })
  void aWrongValueIsRefusedWithItsPath(String value, String path) {
    var ended =
        Clusters.helm("template", "proof", OPERATOR, "--kube-version", "1.34.1", "--set", value);
    assertThat(ended.code()).isNotZero();
    assertThat(ended.output()).contains(path);
  }

  @Test
  void theOperatorIsInstalledUpgradedAndRemovedAndItsKindsStay() {
    String namespace = NAMESPACE + "-life";
    helm("install", "life", OPERATOR, "-n", namespace, "--create-namespace", "--take-ownership");
    helm("upgrade", "life", OPERATOR, "-n", namespace, "--set", "replicas=2");
    String account = "--as=system:serviceaccount:" + namespace + ":life-provisioning-operator";
    may(account, "yes", "list", "servers.provisioning.dev", "-A");
    may(account, "yes", "update", "taskservs.provisioning.dev", "--subresource=status", "-A");
    may(account, "yes", "create", "secrets", "-A");
    may(account, "yes", "create", "leases.coordination.k8s.io", "-n", namespace);
    may(account, "yes", "watch", "secrets", "-A");
    may(account, "yes", "delete", "secrets", "-A");
    may(account, "no", "deletecollection", "secrets", "-A");
    // A Cluster ends machines of its own.
    may(account, "yes", "delete", "servers.provisioning.dev", "-A");
    may(account, "no", "delete", "workspaces.provisioning.dev", "-A");
    may(account, "no", "create", "pods", "-A");
    helm("uninstall", "life", "-n", namespace);
    var kept = Clusters.kubectl("get", "crd", "servers.provisioning.dev");
    assertThat(kept.code()).as(kept.output()).isZero();
    Clusters.kubectl("delete", "namespace", namespace, "--wait=false");
  }

  private static void helm(String... words) {
    var ended = Clusters.helm(words);
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  private static void may(String account, String answer, String... what) {
    var words = new java.util.ArrayList<>(List.of("auth", "can-i", account));
    words.addAll(List.of(what));
    var said = Clusters.kubectl(words.toArray(String[]::new)).output();
    assertThat(said.lines().toList()).as(String.join(" ", what)).contains(answer);
  }
}
