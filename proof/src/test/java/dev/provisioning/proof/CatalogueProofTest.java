package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped service on real machines, through the real planner and the real shell: installed,
 * used, looked at again, changed, its machine restarted, used, upgraded where the distribution has
 * two versions, removed with its data kept, installed on that data, removed with it.
 */
class CatalogueProofTest {
  private static final String SITES =
      "{sites: [{listen: 80, root: /var/www/html}, {listen: 81, proxyPass: 'http://127.0.0.1:80'}, {listen: 443, tls: true, root: /var/www/html}]}";

  private static String balancer(int retries) {
    return "{retries: %d, frontends: [{name: web, port: 8000, backend: web}], backends: [{name: web, taskServ: nginx, port: 80, checkPath: /}]}"
        .formatted(retries);
  }

  private static String program(int answer) {
    return """
        {command: "/usr/bin/python3 -u source", packages: [python3-minimal, libpython3-stdlib], env: [{name: ANSWER, value: "%d"}],
        secretEnv: [{name: TOKEN}], services: [{env: PEERS, taskServ: nobody}],
        source: "import http.server, os\\n\\nclass Page(http.server.BaseHTTPRequestHandler):\\n  def do_GET(self):\\n    self.send_response(200)\\n    self.end_headers()\\n    self.wfile.write((os.environ['ANSWER'] + str(len(os.environ['TOKEN']) > 9)).encode())\\n\\nopen('/var/lib/app/app/kept', 'w')\\nhttp.server.HTTPServer(('', int(os.environ['PORT'])), Page).serve_forever()\\n"}
        """
        .formatted(answer);
  }

  static Stream<Proof> proofs() {
    return Stream.of(
        Proof.of(
                "postgres",
                "{sharedBuffers: 64MB, effectiveCacheSize: 128MB, users: [{name: app}], databases: [{name: app, owner: app}]}",
                "{sharedBuffers: 64MB, effectiveCacheSize: 128MB, workMem: 8MB, users: [{name: app}], databases: [{name: app, owner: app}]}")
            .on(2),
        Proof.of("redis", "{maxmemory: 64mb}", "{maxmemory: 96mb}", "redis-server.service")
            .on(2)
            .upgrading("redis-server", "redis-tools"),
        Proof.of("etcd", "{quotaBytes: 268435456}", "{quotaBytes: 536870912}", "etcd.service")
            .on(3),
        Proof.of(
                "prometheus",
                "{scrapeInterval: 1s, rules: [{alert: PeerUp, expr: 'up{job=\"node-exporter\"} == 1'}]}",
                "{scrapeInterval: 2s, rules: [{alert: PeerUp, expr: 'up{job=\"node-exporter\"} == 1'}]}")
            .besides(2)
            .after("node-exporter"),
        Proof.of("os", OsProof.config("UTC"), OsProof.config("Europe/Madrid")).on(2),
        Proof.of(
                "containerd",
                "{}",
                "{sandboxImage: registry.k8s.io/pause:3.9}",
                "containerd.service")
            .after("runc")
            .upgrading("containerd"),
        Proof.of("nginx", SITES, "{clientMaxBody: 2m, " + SITES.substring(1))
            .upgrading("nginx", "nginx-common"),
        Proof.of("haproxy", balancer(2), balancer(3))
            .besides(2)
            .after("nginx", SITES)
            .upgrading("haproxy"),
        Proof.of("app", program(7), program(8), "app-app.service"),
        Proof.of(
            "node-exporter", "{}", "{collectors: [systemd]}", "prometheus-node-exporter.service"),
        Proof.of("runc", "{}", "{}"));
  }

  /** All, or those that {@code -Dproof.services=redis,nginx} names. */
  static Stream<Proof> chosen() {
    String names = System.getProperty("proof.services", "");
    return proofs().filter(p -> names.isEmpty() || names.matches(".*\\b" + p.service() + "\\b.*"));
  }

  @Test
  void everyShippedServiceHasItsProof() {
    assertThat(proofs().map(Proof::service))
        .containsExactlyInAnyOrderElementsOf(Catalogue.names().toList());
  }

  @Tag("machines")
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("chosen")
  void aServiceWorksFromItsInstallationToItsRemoval(Proof proof) {
    try (var run = ProofRun.boot(proof)) {
      if (proof.service().equals("os")) {
        OsProof.prepare(run.first());
      }
      run.installWhatItNeeds();
      Set<String> before = run.software().packages();
      run.takeTheOlderVersion();
      run.apply(proof.config());
      run.use();
      run.looksAgain();
      oneKeyTouchesOnlyItsUnit(run, proof);
      run.restartMachine();
      run.use();
      upgrades(run);
      JsonNode record = run.applied();
      run.uninstall("Retain");
      isGoneButItsData(run, record, before);
      run.apply(proof.changed());
      run.findsItsData();
      run.use();
      run.uninstall("Delete");
      isGone(run, record, before);
      assertThat(run.software().packages()).as("what was there before stays").containsAll(before);
    }
  }

  private static void oneKeyTouchesOnlyItsUnit(ProofRun run, Proof proof) {
    Map<String, String> before = run.software().running();
    int operations = run.operations();
    run.apply(proof.changed());
    assertThat(run.software().touchedSince(before)).as("units touched").isEqualTo(proof.touched());
    assertThat(run.operations() - operations)
        .as("operations")
        .isEqualTo(
            proof.config().equals(proof.changed()) ? 0 : proof.everywhere() ? proof.machines() : 1);
    run.use();
  }

  private static void upgrades(ProofRun run) {
    JsonNode before = run.applied().path("packages");
    if (run.upgrades()) {
      JsonNode packages = run.applied().path("packages");
      assertThat((Object) packages).isNotEqualTo(before);
      for (JsonNode name : packages) {
        if (name.asText().contains("=")) {
          run.first().exec(IS_VERSION.formatted((Object[]) name.asText().split("=")));
        }
      }
      run.findsItsData();
      run.use();
      run.looksAgain();
    }
  }

  private static void isGoneButItsData(ProofRun run, JsonNode record, Set<String> before) {
    for (JsonNode unit : record.path("units")) {
      run.first().exec("! systemctl is-active --quiet '%s'".formatted(unit.asText()));
    }
    for (String known : added(record, before)) {
      run.first().exec(NOT_INSTALLED.formatted(known, "installed"));
    }
    for (JsonNode path : record.path("dataPaths")) {
      run.first().exec("[[ -n $(ls -A '%s') ]]".formatted(path.asText()));
    }
  }

  private static void isGone(ProofRun run, JsonNode record, Set<String> before) {
    for (String known : added(record, before)) {
      run.first().exec(NOT_INSTALLED.formatted(known, "(installed|config-files)"));
    }
    for (JsonNode file : record.path("files")) {
      run.first().exec("[[ ! -e '%s' ]]".formatted(file.path("path").asText()));
    }
    for (JsonNode path : record.path("dataPaths")) {
      // A mount point stays, empty.
      run.first().exec("[[ -z $(ls -A '%s' 2>/dev/null) ]]".formatted(path.asText()));
    }
  }

  private static List<String> added(JsonNode record, Set<String> before) {
    return StreamSupport.stream(record.path("packages").spliterator(), false)
        .map(name -> name.asText().replaceFirst("=.*", ""))
        .filter(name -> !before.contains(name))
        .toList();
  }

  private static final String IS_VERSION = "dpkg-query -W -f '${Version}' '%s' | grep -Fx '%s'";
  private static final String NOT_INSTALLED =
      "! dpkg-query -W -f '${db:Status-Status}\\n' '%s' 2>/dev/null | grep -qxE '%s'";
}
