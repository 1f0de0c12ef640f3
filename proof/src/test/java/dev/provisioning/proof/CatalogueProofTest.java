package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped service on real machines, through the real planner and the real shell: installed,
 * used, looked at again, changed, its machine restarted, used, removed with its data kept,
 * installed on that data, removed with it.
 */
class CatalogueProofTest {
  static Stream<Proof> proofs() {
    return Stream.of(
        Proof.of(
            "postgres",
            "{sharedBuffers: 64MB, effectiveCacheSize: 128MB, users: [{name: app}], databases: [{name: app, owner: app}]}",
            "{sharedBuffers: 64MB, effectiveCacheSize: 128MB, workMem: 8MB, users: [{name: app}], databases: [{name: app, owner: app}]}"),
        Proof.of("redis", "{maxmemory: 64mb}", "{maxmemory: 96mb}", "redis-server.service").on(2),
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
            .after("runc"),
        Proof.of(
            "nginx",
            "{sites: [{listen: 80, root: /var/www/html}, {listen: 81, proxyPass: 'http://127.0.0.1:80'}, {listen: 443, tls: true, root: /var/www/html}]}",
            "{clientMaxBody: 2m, sites: [{listen: 80, root: /var/www/html}, {listen: 81, proxyPass: 'http://127.0.0.1:80'}, {listen: 443, tls: true, root: /var/www/html}]}"),
        Proof.of(
            "node-exporter", "{}", "{collectors: [systemd]}", "prometheus-node-exporter.service"),
        Proof.of("runc", "{}", "{}"));
  }

  @Test
  void everyShippedServiceHasItsProof() {
    assertThat(proofs().map(Proof::service))
        .containsExactlyInAnyOrderElementsOf(Catalogue.names().toList());
  }

  @Tag("machines")
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("proofs")
  void aServiceWorksFromItsInstallationToItsRemoval(Proof proof) {
    try (var run = ProofRun.boot(proof)) {
      if (proof.service().equals("os")) {
        OsProof.prepare(run.first());
      }
      run.installWhatItNeeds();
      run.apply(proof.config());
      run.use();
      run.looksAgain();
      oneKeyTouchesOnlyItsUnit(run, proof);
      run.restartMachine();
      run.use();
      JsonNode record = run.applied();
      run.uninstall("Retain");
      isGoneButItsData(run, record);
      run.apply(proof.changed());
      run.findsItsData();
      run.use();
      run.uninstall("Delete");
      isGone(run, record);
    }
  }

  private static void oneKeyTouchesOnlyItsUnit(ProofRun run, Proof proof) {
    Map<String, String> before = run.running();
    int operations = run.operations();
    run.apply(proof.changed());
    assertThat(run.touchedSince(before)).as("units touched").isEqualTo(proof.touched());
    assertThat(run.operations() - operations)
        .as("operations")
        .isEqualTo(
            proof.config().equals(proof.changed()) ? 0 : proof.everywhere() ? proof.machines() : 1);
    run.use();
  }

  private static void isGoneButItsData(ProofRun run, JsonNode record) {
    for (JsonNode unit : record.path("units")) {
      run.first().exec("! systemctl is-active --quiet '%s'".formatted(unit.asText()));
    }
    for (JsonNode name : record.path("packages")) {
      run.first().exec(NOT_INSTALLED.formatted(name.asText().replaceFirst("=.*", ""), "installed"));
    }
    for (JsonNode path : record.path("dataPaths")) {
      run.first().exec("[[ -n $(ls -A '%s') ]]".formatted(path.asText()));
    }
  }

  private static void isGone(ProofRun run, JsonNode record) {
    for (JsonNode name : record.path("packages")) {
      String known = name.asText().replaceFirst("=.*", "");
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

  private static final String NOT_INSTALLED =
      "! dpkg-query -W -f '${db:Status-Status}\\n' '%s' 2>/dev/null | grep -qxE '%s'";
}
