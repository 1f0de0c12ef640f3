package dev.provisioning.planning.workflow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Cost;
import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.planning.Alarm;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.StoryFile;
import dev.provisioning.planning.workflow.WorkflowAction.Announced;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteWorkflow;
import dev.provisioning.planning.workflow.WorkflowAction.LookAt;
import dev.provisioning.planning.workflow.WorkflowAction.RestoreChild;
import dev.provisioning.planning.workflow.WorkflowAction.RunScript;
import dev.provisioning.spi.model.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One workflow in a world in memory, driven by passes as the engine drives them: observe, plan,
 * publish, and only then act. Writes down what people would see.
 */
final class Scene {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PASSES = 2_000;

  boolean approversHeld = true;
  Map<ChildRef, Cost> prices = Map.of();
  Outlook outlook = Outlook.NONE;
  final FakeWorld world = new FakeWorld();
  final List<String> told = new ArrayList<>();
  final Map<String, String> annotations = new HashMap<>();
  WorkspaceFacts workspace = new WorkspaceFacts("acme", false, false, OptionalInt.empty());
  List<Surroundings.Other> others = List.of();
  BatchWorkflowSpec spec;
  long generation;
  Optional<BatchWorkflowStatus> status = Optional.empty();
  Plan<WorkflowAction> plan = Plan.empty();
  Instant now = START;
  int writes;
  boolean gone;

  private final Map<String, Instant> running = new LinkedHashMap<>();
  private final Map<String, Object> results = new HashMap<>();
  private final Map<String, Supplier<Optional<Failure>>> late = new HashMap<>();
  private final Map<String, Failure> refusals = new HashMap<>();
  private Map<String, Ledger.Outcome> finished = new HashMap<>();

  Scene apply(String yaml) {
    try {
      spec = YAML.readValue(yaml, BatchWorkflowSpec.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    generation++;
    return this;
  }

  void chapter(String title) {
    told.add("");
    told.add("# " + title);
  }

  OperationStatus operation(String name) {
    return status.orElseThrow().operations().stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Condition condition(String type) {
    return Conditions.find(status.orElseThrow().conditions(), type).orElseThrow();
  }

  /** The process is gone and with it what it knew; the world and the status stay. */
  void crash() {
    running.clear();
    results.clear();
    late.clear();
    refusals.clear();
    finished = new HashMap<>();
  }

  Scene settle() {
    return settle(Duration.ofDays(1));
  }

  /** Passes until nothing changes any more; time goes on while somebody waits for it. */
  Scene settle(Duration atMost) {
    Instant end = now.plus(atMost);
    for (int i = 0; i < PASSES && !gone; i++) {
      pass();
      if (!finished.isEmpty()) {
        continue; // an effect that ended asks for a pass; our own write does not
      }
      Alarm alarm = new Alarm();
      world.next(now).ifPresent(alarm::set);
      running.values().forEach(alarm::set);
      plan.recheckAfter().map(now::plus).ifPresent(alarm::set);
      Optional<Instant> next = alarm.earliest();
      if (next.isEmpty() || next.get().isAfter(end)) {
        return this;
      }
      now = next.get().isAfter(now) ? next.get() : now;
    }
    if (gone) {
      return this;
    }
    throw new AssertionError("does not settle: " + story());
  }

  WorkflowInput input() {
    world.advance(now);
    running.entrySet().removeIf(e -> ended(e.getKey(), e.getValue()));
    Map<ChildRef, ChildFacts> children = new HashMap<>();
    Map<String, ChildFacts> servers = new HashMap<>();
    List.copyOf(world.things.keySet())
        .forEach(ref -> world.seen(ref, now).ifPresent(seen -> children.put(ref, seen)));
    children.forEach(
        (ref, facts) -> {
          if (ref.kind() == ChildKind.Server) {
            servers.put(ref.name(), facts);
          }
        });
    ResourceRef ref =
        new ResourceRef(
            "BatchWorkflow",
            "acme",
            "roll-out",
            "uid-wf",
            generation,
            START,
            Optional.empty(),
            Map.of(),
            annotations);
    Map<String, Optional<Object>> under = new HashMap<>();
    running.keySet().forEach(key -> under.put(key, Optional.empty()));
    return new WorkflowInput(
        ref,
        spec,
        status,
        new Surroundings(
            Optional.of(workspace),
            Optional.empty(),
            children,
            servers,
            others,
            approversHeld,
            prices,
            outlook),
        new Ledger(under, finished),
        now);
  }

  private boolean ended(String key, Instant at) {
    if (now.isBefore(at)) {
      return false;
    }
    Optional<Failure> failure =
        Optional.ofNullable(refusals.remove(key))
            .or(() -> Optional.ofNullable(late.remove(key)).flatMap(Supplier::get));
    finished.put(key, outcome(failure, results.remove(key)));
    return true;
  }

  private Ledger.Outcome outcome(Optional<Failure> failure, Object result) {
    return failure
        .<Ledger.Outcome>map(why -> new Ledger.Failed(now, why))
        .orElseGet(() -> new Ledger.Succeeded(now, Optional.ofNullable(result)));
  }

  /** True when the status changed or something was started. */
  boolean pass() {
    return pass(true);
  }

  /** {@code acts}: whether the process lives on after the status was written. */
  boolean pass(boolean acts) {
    WorkflowInput input = input();
    plan = new WorkflowPlanner().plan(input);
    Projection<BatchWorkflowStatus> projection = new WorkflowProjector().project(input, plan);
    boolean changed = !Objects.equals(status.orElse(null), projection.status());
    tell(projection);
    status = Optional.of(projection.status());
    writes += changed ? 1 : 0;
    finished = new HashMap<>();
    boolean started = false;
    if (acts) {
      for (WorkflowAction action : plan.front()) {
        if (!running.containsKey(action.key())) {
          started = true;
          execute(action);
        }
      }
    }
    return changed || started;
  }

  private void execute(WorkflowAction action) {
    told.add(at() + "> " + action.description());
    switch (action) {
      case ApplyChild apply when world.refusedOnce.remove(apply.child().name()) -> {
        running.put(action.key(), now.plusSeconds(20));
        refusals.put(action.key(), FakeWorld.refused());
      }
      case ApplyChild apply when world.unanswered.contains(apply.child().name()) -> {
        world.apply("uid-wf", apply, now);
        finished.put(action.key(), new Ledger.Failed(now, FakeWorld.noAnswer()));
      }
      case ApplyChild apply when world.slow.contains(apply.child().name()) -> {
        running.put(action.key(), now.plusSeconds(20));
        late.put(action.key(), () -> world.apply("uid-wf", apply, now));
      }
      case ApplyChild apply ->
          finished.put(action.key(), outcome(world.apply("uid-wf", apply, now), "done"));
      case DeleteChild delete -> finish(action, world.delete(delete, now));
      case ApproveChild approve -> {
        world
            .approve("uid-wf", approve)
            .ifPresentOrElse(
                why -> finished.put(action.key(), new Ledger.Failed(now, why)),
                () -> finish(action, "done"));
      }
      case RestoreChild restore -> {
        world.restore("uid-wf", restore, now);
        finish(action, "done");
      }
      case RunScript run when world.asleep.contains(run.server()) ->
          finished.put(action.key(), new Ledger.Failed(now, FakeWorld.lost()));
      case RunScript run -> {
        FakeWorld.Running script = world.script(run, now);
        running.put(action.key(), script.endsAt());
        results.put(action.key(), script.report());
      }
      case LookAt look ->
          finish(
              action, new LookAt.Answer(!world.stuck.contains(look.condition().name()), "not yet"));
      case DeleteWorkflow delete -> gone = true;
      case Announced announced -> throw new AssertionError("never started: " + announced);
    }
  }

  private void finish(WorkflowAction action, Object result) {
    finished.put(action.key(), new Ledger.Succeeded(now, Optional.of(result)));
  }

  private void tell(Projection<BatchWorkflowStatus> projection) {
    String before = status.map(Scene::line).orElse("");
    String after = line(projection.status());
    projection
        .events()
        .forEach(
            e -> told.add(at() + (e.warning() ? "! " : "* ") + e.reason() + ": " + e.message()));
    if (!before.equals(after)) {
      told.add(at() + after);
    }
  }

  private static String line(BatchWorkflowStatus status) {
    Condition ready = Conditions.find(status.conditions(), Conditions.READY).orElseThrow();
    boolean stalled = Conditions.find(status.conditions(), Conditions.STALLED).isPresent();
    boolean reconciling = Conditions.find(status.conditions(), Conditions.RECONCILING).isPresent();
    return "%s %s%s [%s] %s"
        .formatted(
            status.phase(),
            status.progress().done(),
            (stalled ? " stalled" : "") + (reconciling ? " reconciling" : ""),
            ready.reason(),
            ready.message());
  }

  private String at() {
    long seconds = Duration.between(START, now).toSeconds();
    return "%02d:%02d:%02d ".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** The story so far. */
  String story() {
    return String.join("\n", StoryFile.named(told));
  }
}
