package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HostDrift;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One service, from nothing to gone, and what happens to it on the way. */
class LifeStoryTest extends Stories {
  @Test
  void fromNothingToGone() {
    scene.server("db-01").server("db-02");
    chapter("two machines, a primary and its replica");
    scene.apply("redis", "{servers: {names: [db-01, db-02]}}");
    scene.settle();
    chapter("one key changes");
    scene.apply("redis", "{servers: {names: [db-01, db-02]}, config: {aof: true}}");
    scene.settle();
    chapter("db-02 is no longer wanted");
    scene.apply("redis", "{servers: {names: [db-01]}, config: {aof: true}}");
    scene.settle();
    chapter("deleted");
    scene.delete("redis");
    scene.settle();
  }

  @Test
  void failedStepRetainedAndRetried() {
    scene.server("db-01");
    scene.machines.get("db-01").failAt = "packages";
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle(Duration.ofSeconds(20));
    chapter("the mirror is back");
    scene.machines.get("db-01").failAt = "";
    scene.settle();
  }

  @Test
  void healthAndDrift() {
    scene.server("db-01");
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    chapter("redis stops answering");
    scene.machines.get("db-01").ill.put("ping", "Connection refused");
    scene.settle();
    chapter("and is back");
    scene.machines.get("db-01").ill.clear();
    scene.settle();
    chapter("somebody edits the file");
    scene
        .machines
        .get("db-01")
        .drift
        .add(new HostDrift("file:/etc/redis/redis.conf", "sha256 aaaa", "sha256 bbbb"));
    scene.settle();
    chapter("spec.drift.mode: Correct");
    scene.apply("redis", "{servers: {names: [db-01]}, drift: {mode: Correct}}");
    scene.settle();
  }

  @Test
  void machineThatIsNotReady() {
    scene.server("db-01");
    ServerFacts ready = scene.servers.get("db-01");
    scene.servers.put(
        "db-01",
        new ServerFacts(
            ready.name(),
            ready.uid(),
            ready.incarnation(),
            ready.workspace(),
            ready.hostname(),
            ready.labels(),
            ready.addresses(),
            Optional.empty(),
            Optional.of(
                new Failure.Waiting("MachineBooting", "the machine boots", Duration.ofSeconds(5))),
            false,
            false));
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle(Duration.ofSeconds(1));
    chapter("the machine is up");
    scene.servers.put("db-01", ready);
    scene.settle();
  }

  @Test
  void whatShouldBeKnownIsTold() {
    scene
        .server("db-01")
        .define(
            "cache",
            "{versions: [{version: '6.0', endOfLife: '2025-06-30'}, {version: '7.0'}],"
                + " ports: [{name: cache, port: 6379}], recommends: [{name: backup}],"
                + " install: [{name: work, run: 'true'}]}")
        .define(
            "store",
            "{versions: [{version: '1.0'}], ports: [{name: a, port: 6379},"
                + " {name: b, port: 6379, protocol: Udp}], install: [{name: work, run: 'true'}]}");
    scene.announced.put("store", "1.2.3");
    scene.apply("cache", "{servers: {names: [db-01]}, version: '6.0'}");
    scene.settle();
    scene.chronicle.note("# warnings: " + String.join("; ", scene.status("cache").warnings()));
    chapter("a second service on the same port");
    scene.apply("store", "{servers: {names: [db-01]}}");
    scene.settle();
    scene.chronicle.note("# warnings: " + String.join("; ", scene.status("cache").warnings()));
    scene.chronicle.note("# warnings: " + String.join("; ", scene.status("store").warnings()));
  }

  @Test
  void driftThatComesBackIsCorrectedOnceAnInterval() {
    scene.define("redis").server("db-01");
    scene.apply("redis", "{servers: {names: [db-01]}, drift: {mode: Correct, interval: 15m}}");
    scene.settle();
    chapter("a package is taken away after an hour");
    scene.now = scene.now.plus(Duration.ofHours(1));
    scene
        .machines
        .get("db-01")
        .drift
        .add(new HostDrift("package redis-tools", "installed", "missing"));
    scene.settle();
    chapter("and again at once");
    scene
        .machines
        .get("db-01")
        .drift
        .add(new HostDrift("package redis-tools", "installed", "missing"));
    scene.settle();
  }
}
