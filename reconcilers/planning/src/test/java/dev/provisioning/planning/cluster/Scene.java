package dev.provisioning.planning.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.provisioning.api.Condition;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.ResourceRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One Cluster called shop, its children, a clock, and a pen that writes down what people see. */
final class Scene {
  private static final ObjectMapper YAML = new YAMLMapper();
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(10);

  final FakeWorld world = new FakeWorld();
  final List<String> told = new ArrayList<>();
  final Map<String, String> annotations = new HashMap<>();
  ClusterSpec spec;
  ClusterStatus status;
  long generation;
  Instant now = START;
  Instant deletedAt;
  ClusterWorld.Workspace workspace =
      new ClusterWorld.Workspace("acme", false, false, false, List.of());
  Answer<Optional<ClusterDefinitionSpec>> definition = Answer.of(Optional.empty());
  final Set<String> taken = new java.util.HashSet<>();
  final Map<String, Quote> quotes = new HashMap<>();
  final Map<String, TaskServDefinitionSpec> services = new HashMap<>();
  private String lastLine = "";

  static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Scene apply(String yaml) {
    return apply(read(yaml, ClusterSpec.class));
  }

  Scene apply(ClusterSpec wish) {
    spec = wish;
    generation++;
    return this;
  }

  Scene edit(UnaryOperator<ClusterSpec> change) {
    return apply(change.apply(spec));
  }

  Scene define(String yaml) {
    definition = Answer.of(Optional.of(read(yaml, ClusterDefinitionSpec.class)));
    return this;
  }

  void delete() {
    deletedAt = now;
    generation++;
  }

  ClusterInput input(Ledger ledger) {
    ResourceRef ref =
        new ResourceRef(
            "Cluster",
            "shop",
            "shop",
            "uid-shop",
            generation,
            START,
            Optional.ofNullable(deletedAt),
            Map.of(),
            annotations);
    return new ClusterInput(ref, spec, status, seen(), ledger, now);
  }

  ClusterWorld seen() {
    return new ClusterWorld(
        Answer.of(workspace),
        definition,
        services,
        world.servers.values().stream().map(s -> s.child("shop")).toList(),
        world.taskServs.values().stream().map(t -> t.child("shop")).toList(),
        taken,
        quotes);
  }

  /** One pass, its effects, and one look of every child's controller. */
  Plan<ClusterAction> pass() {
    ClusterInput input = input(Ledger.empty());
    Plan<ClusterAction> plan = new ClusterPlanner().plan(input);
    Projection<ClusterStatus> projection = new ClusterProjector().project(input, plan);
    status = projection.status();
    projection.events().stream()
        .filter(event -> event.warning())
        .forEach(event -> say("! %s: %s".formatted(event.reason(), event.message())));
    line();
    plan.front().forEach(action -> say("> " + action.description()));
    plan.front().forEach(action -> world.execute(action, now));
    world.step();
    world.happened.forEach(event -> say("  " + event));
    world.happened.clear();
    now = now.plus(STEP);
    return plan;
  }

  private void say(String text) {
    told.add("%s %s".formatted(clock(), text));
  }

  private String clock() {
    Duration d = Duration.between(START, now);
    return "%02d:%02d:%02d".formatted(d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }

  private void line() {
    Condition ready = Conditions.find(status.conditions(), Conditions.READY).orElseThrow();
    String mark =
        Conditions.find(status.conditions(), Conditions.STALLED).isPresent()
            ? " stalled"
            : Conditions.find(status.conditions(), Conditions.RECONCILING).isPresent()
                ? " reconciling"
                : "";
    String line =
        "%s %s%s [%s] %s"
            .formatted(
                status.phase(),
                status.ready() == null ? "-" : status.ready(),
                mark,
                ready.reason(),
                ready.message());
    if (!line.equals(lastLine)) {
      lastLine = line;
      say(line);
    }
  }

  /** Until nothing happens any more, or the Cluster is gone. */
  Scene settle() {
    for (int quiet = 0, passes = 0; quiet < 3 && passes < 400 && !world.letGo; passes++) {
      String before = picture();
      pass();
      quiet = picture().equals(before) ? quiet + 1 : 0;
    }
    return this;
  }

  Scene passes(int count) {
    for (int i = 0; i < count && !world.letGo; i++) {
      pass();
    }
    return this;
  }

  private String picture() {
    return status + "" + seen().servers() + seen().taskServs();
  }

  Condition condition(String type) {
    return Conditions.find(status.conditions(), type).orElseThrow();
  }

  boolean ready() {
    return Conditions.find(status.conditions(), Conditions.READY)
        .filter(c -> c.status() == dev.provisioning.api.ConditionStatus.True)
        .isPresent();
  }
}
