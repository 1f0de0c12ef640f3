package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.taskserv.SupportedSystem;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.taskserv.MemberFacts;
import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.planning.taskserv.SecretKey;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.planning.taskserv.TaskServAction;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.TaskServNeeds;
import dev.provisioning.planning.taskserv.definition.DefinitionRules;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped definition, as far as can be known without a machine. */
class DefinitionsTest {
  /** What nobody can guess. */
  private static final Map<String, String> REQUIRED =
      Map.of("app", ", config: {command: /usr/bin/true}");

  static Stream<String> names() {
    return Catalogue.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aDefinitionKeepsTheRulesOfDefinitions(String name) {
    assertThat(DefinitionRules.check(Catalogue.definitions().get(name))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aDefinitionIsNamedAsItsFolder(String name) {
    assertThat(Catalogue.manifest(name).at("/metadata/name").asText()).isEqualTo(name);
    assertThat(Catalogue.manifest(name).get("kind").asText()).isEqualTo("TaskServDefinition");
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachKeyOfItsConfigurationIsDescribed(String name) {
    assertThat(undescribed(Catalogue.manifest(name).at("/spec/config/schema"), "config")).isEmpty();
  }

  /** Each on each system that it names, alone, in every role and with every profile. */
  @TestFactory
  Stream<DynamicTest> aDefinitionPlansOnEverySystemItSupports() {
    return Catalogue.definitions().entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().supports().stream()
                    .flatMap(system -> system.versions().stream().map(v -> system(system, v)))
                    .flatMap(system -> profiles(entry.getValue(), system))
                    .map(
                        c ->
                            DynamicTest.dynamicTest(
                                entry.getKey() + " " + c, () -> plans(entry.getKey(), c))));
  }

  private record Case(String os, String version, String profile) {}

  private static Case system(SupportedSystem system, String version) {
    return new Case(system.os(), version, "");
  }

  private static Stream<Case> profiles(TaskServDefinitionSpec spec, Case system) {
    return Stream.concat(
        Stream.of(system),
        spec.config().profiles().keySet().stream()
            .map(p -> new Case(system.os(), system.version(), p)));
  }

  private void plans(String name, Case c) {
    var started = new ArrayList<RunOperation>();
    var servers =
        IntStream.rangeClosed(1, 2).mapToObj(number -> server("machine-" + number, c)).toList();
    var site = new Site(new Recorder(started)).servers(servers);
    Catalogue.definitions()
        .get(name)
        .requires()
        .forEach(r -> settle(site, r.name(), "{servers: {names: [machine-1, machine-2]}}"));
    started.clear();
    String profile = c.profile().isEmpty() ? "" : ", profile: " + c.profile();
    var service =
        settle(
            site,
            name,
            "{servers: {names: [machine-1, machine-2]}, strategy: {type: Parallel}"
                + profile
                + REQUIRED.getOrDefault(name, "")
                + "}");
    assertThat(started)
        .as(() -> name + ": " + service.plan.blocker().map(Failure::message).orElse("started"))
        .extracting(RunOperation::server)
        .contains("machine-1");
  }

  private static Site.Service settle(Site site, String name, String spec) {
    var service = site.apply(name, spec);
    for (int i = 0; i < 10; i++) {
      site.pass(name);
    }
    return service;
  }

  private static ServerFacts server(String name, Case c) {
    var facts =
        new MachineFacts(c.os(), c.version(), "amd64", "6.1", 2, 4096, 50, true, name, name);
    return new ServerFacts(
        name,
        "uid-" + name,
        1,
        "proof",
        name,
        Map.of(),
        List.of(new Address(Address.Type.PRIVATE_IPV4, "10.0.0." + name.charAt(8))),
        Optional.of(facts),
        Optional.empty(),
        false,
        false);
  }

  /** Machines without anything on them, on which every operation ends well. */
  private static final class Recorder implements Site.Hosts {
    private final List<RunOperation> started;
    private final Map<String, String> applied = new java.util.HashMap<>();

    Recorder(List<RunOperation> started) {
      this.started = started;
    }

    @Override
    public MemberFacts facts(String taskServ, ServerFacts server, TaskServNeeds.Member need) {
      var state = Optional.ofNullable(applied.get(taskServ + server.name()));
      var answers =
          need.checks().stream()
              .map(
                  check ->
                      new dev.provisioning.spi.model.HealthReport.Answer(
                          taskServ, check.name(), true, ""))
              .toList();
      return new MemberFacts(new Reading.Known<>(state), new Reading.Known<>(List.of()), answers);
    }

    @Override
    public Ledger.Outcome run(TaskServAction action, Map<SecretKey, String> secrets) {
      if (action instanceof RunOperation run) {
        started.add(run);
        run.bundle()
            .appliedState()
            .ifPresent(state -> applied.put(run.bundle().taskServ() + run.server(), state));
        return new Ledger.Succeeded(Instant.now(), Optional.of(Reports.succeeded(run)));
      }
      return new Ledger.Failed(
          Instant.now(), new Failure.Transient("NotHere", action.name(), Duration.ofSeconds(1)));
    }
  }

  private static List<String> undescribed(
      com.fasterxml.jackson.databind.JsonNode schema, String path) {
    var found = new ArrayList<String>();
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String at = path + "." + property.getKey();
              if (property.getValue().path("description").asText().isBlank()) {
                found.add(at);
              }
              found.addAll(undescribed(property.getValue(), at));
            });
    if (schema.has("items")) {
      found.addAll(undescribed(schema.get("items"), path + "[]"));
    }
    return found;
  }
}
