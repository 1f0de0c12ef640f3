package dev.provisioning.bench.ssh;

import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.Bundle.Script;
import dev.provisioning.spi.model.Bundle.StartUnits;
import dev.provisioning.spi.model.Bundle.Verify;
import dev.provisioning.spi.model.Bundle.WriteFiles;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.SecretValue;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.spi.model.ShellTarget.HostKeyPolicy;
import dev.provisioning.ssh.SshRemoteShell;
import dev.provisioning.ssh.SshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ours, as the operator does it: compare the recorded state in one round trip; where it differs,
 * start the operation as a transient unit, follow it to its end.
 */
final class StepProtocol implements Contender {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String PACKAGE =
      """
      printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
      chmod 755 /usr/sbin/policy-rc.d
      apt-get install -y -qq --no-install-recommends redis-server >/dev/null
      rm -f /usr/sbin/policy-rc.d
      """;
  private static final String PACKAGE_THERE =
      "dpkg-query -W -f '${db:Status-Status}' redis-server 2>/dev/null | grep -qx installed";

  private final Fleet fleet;
  private final String uid = "bench-" + System.nanoTime();
  private RemoteShell shell = new SshRemoteShell(SshSettings.defaults());
  private int attempt;

  StepProtocol(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String name() {
    return "Provisioning Operator";
  }

  @Override
  public void apply(String maxmemory) throws Exception {
    attempt++;
    var bundle = bundle(maxmemory);
    fleet.each(box -> apply(box, bundle));
  }

  private Object apply(Fleet.Box box, Bundle bundle) throws IOException {
    var target = target(box);
    var wanted = bundle.appliedState().orElseThrow();
    var hash = wanted.substring(0, wanted.indexOf(",\"packages\""));
    if (shell.appliedState(target, "redis").filter(seen -> seen.startsWith(hash)).isPresent()) {
      return "unchanged";
    }
    var id = OperationId.of(uid + box.name(), attempt, "install/" + bundle.digest());
    var operation =
        new RemoteOperation(id, 1, bundle, Map.of(), Map.of(), false, Optional.of(LIMIT));
    var report = shell.start(target, operation);
    if (report.state() != OperationReport.State.SUCCEEDED) {
      report = shell.await(target, id, progress -> {});
    }
    if (report.state() != OperationReport.State.SUCCEEDED) {
      throw new IllegalStateException(box.name() + ": " + report);
    }
    return report;
  }

  /** What a re-run by hand would be: files, packages and units compared one by one. */
  void compareAll() throws Exception {
    fleet.each(
        box -> {
          var drift = shell.drift(target(box), "redis");
          if (!drift.isEmpty()) {
            throw new IllegalStateException(box.name() + " drifted: " + drift);
          }
          return drift;
        });
  }

  private static Bundle bundle(String maxmemory) throws IOException {
    var conf =
        new ManagedFile(
            "/etc/redis/redis.conf",
            Resources.configuration(maxmemory),
            "0640",
            "redis:redis",
            Optional.empty(),
            List.of("redis-server.service"),
            List.of());
    var ping =
        new HealthCheck(
            "ping",
            "redis-cli ping | grep -qx PONG",
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            3);
    var applied =
        "{\"version\":\"7.0\",\"configHash\":\"%s\",\"packages\":[\"redis-server\"],\"units\":[\"redis-server.service\"]}"
            .formatted(maxmemory);
    var digest = IdempotencyKey.of(applied, 1, "bench").value().repeat(2);
    return new Bundle(
        digest,
        "redis",
        List.of(conf),
        List.of(
            new Script(
                "package",
                Optional.of(PACKAGE_THERE),
                PACKAGE,
                Optional.empty(),
                LIMIT,
                0,
                1,
                false),
            new WriteFiles("configure", LIMIT, 0, 1),
            new StartUnits("start", List.of("redis-server.service"), LIMIT, 0, 1),
            new Verify("verify", List.of(ping), LIMIT, 0, 1)),
        Map.of("DEBIAN_FRONTEND", "noninteractive"),
        Optional.of(applied));
  }

  private ShellTarget target(Fleet.Box box) throws IOException {
    return new ShellTarget(
        box.name(),
        box.address(),
        22,
        "root",
        new SecretValue(Files.readString(fleet.key())),
        List.of(box.hostKey()),
        HostKeyPolicy.PINNED,
        Optional.empty(),
        Duration.ofSeconds(30));
  }

  @Override
  public void disconnect() {
    shell.close();
    shell = new SshRemoteShell(SshSettings.defaults());
  }

  @Override
  public void close() {
    shell.close();
  }
}
