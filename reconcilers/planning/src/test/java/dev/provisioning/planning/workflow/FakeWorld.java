package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.planning.Alarm;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteChild;
import dev.provisioning.planning.workflow.WorkflowAction.RestoreChild;
import dev.provisioning.planning.workflow.WorkflowAction.RunScript;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Resources and machines in memory: they take their time, and break where a test says so. */
final class FakeWorld {
  private static final String APPROVE = ResourceRef.APPROVE_PLAN;
  private static final Duration MAKING = Duration.ofSeconds(10);
  private static final Duration GOING = Duration.ofSeconds(5);
  private static final Duration SCRIPT = Duration.ofSeconds(3);
  private static final Duration SLOW_SCRIPT = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(100);

  final Map<ChildRef, Thing> things =
      new TreeMap<>(java.util.Comparator.comparing(Object::toString));
  final Map<String, Map<String, Object>> kept = new HashMap<>();
  final Map<String, Running> scripts = new LinkedHashMap<>();
  final Set<String> stuck = new HashSet<>();
  final Set<String> failing = new HashSet<>();

  /** Machines whose scripts take long, and resources whose writes do. */
  final Set<String> slow = new HashSet<>();

  /** Machines that are not heard of for long after their next script began. */
  final Set<String> silentOnce = new HashSet<>();

  /** Those that begin nothing before their own plan is approved. */
  final Set<String> asking = new HashSet<>();

  /** Those of which we may not say that their plan is approved. */
  final Set<String> unapprovable = new HashSet<>();

  /** Those that no cache shows yet, or not as they are since our write. */
  final Set<String> unseen = new HashSet<>();

  /** Those whose writes happen, and nobody hears of it. */
  final Set<String> unanswered = new HashSet<>();

  /** Those whose next write is refused, when it is answered. */
  final Set<String> refusedOnce = new HashSet<>();

  /** Versions of services that do not come up, like {@code db 16}. */
  final Set<String> broken = new HashSet<>();

  final Set<String> asleep = new HashSet<>();
  final Map<String, Integer> effects = new TreeMap<>();

  /** A resource in the API server. */
  static final class Thing {
    final Map<String, String> labels = new HashMap<>();
    final Map<String, String> annotations = new HashMap<>();
    long generation = 1;

    /** Up to this one nobody has to agree any more. */
    long agreed;

    Map<String, Object> spec = new LinkedHashMap<>();

    /** Of a Cluster: what its definition brings. */
    List<String> definedPools = List.of();

    List<String> definedComponents = List.of();

    /** Whether the operator has looked at the spec as it is. */
    boolean looked = true;

    String uid = "";
    Optional<String> controller = Optional.empty();
    Optional<Instant> goneAt = Optional.empty();
    Instant wellAt = Instant.EPOCH;
  }

  /** A script on a machine. */
  record Running(Instant endsAt, OperationReport report) {}

  Thing exists(ChildKind kind, String name) {
    Thing thing = new Thing();
    thing.uid = "uid-" + name;
    thing.agreed = thing.generation;
    things.put(new ChildRef(kind, name), thing);
    return thing;
  }

  /** By a person, not by the workflow. */
  void edit(Thing thing, String field, Object value) {
    thing.spec.put(field, value);
    thing.generation++;
  }

  void advance(Instant now) {
    things.values().removeIf(t -> t.goneAt.filter(at -> !now.isBefore(at)).isPresent());
  }

  /** When the next thing happens by itself. */
  Optional<Instant> next(Instant now) {
    Alarm alarm = new Alarm();
    for (Thing thing : things.values()) {
      thing.goneAt.filter(now::isBefore).ifPresent(alarm::set);
      Optional.of(thing.wellAt).filter(now::isBefore).ifPresent(alarm::set);
    }
    return alarm.earliest();
  }

  /** As a cache shows it. */
  Optional<ChildFacts> seen(ChildRef ref, Instant now) {
    if (!unseen.contains(ref.name())) {
      return Optional.of(facts(ref, now));
    }
    Thing thing = things.get(ref);
    if (!thing.labels.isEmpty()) {
      return Optional.empty();
    }
    Thing before = new Thing();
    before.uid = thing.uid;
    before.agreed = before.generation;
    things.put(ref, before);
    ChildFacts facts = facts(ref, now);
    things.put(ref, thing);
    return Optional.of(facts);
  }

  ChildFacts facts(ChildRef ref, Instant now) {
    Thing thing = things.get(ref);
    ChildHealth health =
        stuck.contains(ref.name())
            ? new ChildHealth.Stuck("NoCapacity", "no capacity in any zone")
            : !thing.looked || now.isBefore(thing.wellAt) || asks(ref).isPresent()
                ? new ChildHealth.OnItsWay(
                    thing.looked ? "it is being made" : "nobody has looked at its spec",
                    Optional.empty())
                : broken.contains(ref.name() + " " + thing.spec.get("version"))
                    ? new ChildHealth.Stuck("StepFailed", "step migrate failed: exit 1")
                    : new ChildHealth.Well();
    return new ChildFacts(
        ref,
        thing.uid,
        thing.labels,
        thing.annotations,
        thing.controller,
        thing.goneAt.isPresent(),
        thing.generation,
        1,
        ref.kind() == ChildKind.Cluster ? Optional.of(cluster(thing)) : Optional.empty(),
        health,
        asks(ref));
  }

  /** The hash of its plan, while that is to be approved. */
  private Optional<String> asks(ChildRef ref) {
    Thing thing = things.get(ref);
    String hash = "plan-" + thing.generation;
    return asking.contains(ref.name())
            && thing.generation > thing.agreed
            && !hash.equals(thing.annotations.get(APPROVE))
        ? Optional.of(hash)
        : Optional.empty();
  }

  /** Empty: it was done. */
  Optional<Failure> approve(String workflowUid, ApproveChild approve) {
    count("approve " + approve.operation() + " " + approve.child().name());
    Thing thing = things.get(approve.child());
    if (unapprovable.contains(approve.child().name())) {
      return Optional.of(new Failure.Denied("ResourceForbidden", "you may not"));
    }
    if (!brought(workflowUid, thing)) {
      return Optional.of(new Failure.Conflict("ResourceChanged", "it was edited by others"));
    }
    thing.annotations.put(APPROVE, approve.hash());
    return Optional.empty();
  }

  private static boolean brought(String workflowUid, Thing thing) {
    return Marks.generation(workflowUid, thing.generation)
        .equals(thing.annotations.get(Marks.GENERATION));
  }

  private void put(String workflowUid, ChildRef ref, Map<String, Object> spec) {
    Thing thing = things.get(ref);
    boolean ours = brought(workflowUid, thing) || asks(ref).isEmpty();
    thing.generation += spec.equals(thing.spec) ? 0 : 1;
    thing.spec = new LinkedHashMap<>(spec);
    if (ours) {
      thing.annotations.put(Marks.GENERATION, Marks.generation(workflowUid, thing.generation));
    } else {
      thing.annotations.remove(Marks.GENERATION);
    }
  }

  private static ClusterFacts cluster(Thing thing) {
    List<String> pools = names(thing.definedPools, thing.spec.get("nodePools"));
    Object scaled = thing.spec.getOrDefault("scaledPool", pools.isEmpty() ? null : pools.getLast());
    ClusterFacts.Parts parts =
        new ClusterFacts.Parts(
            pools,
            names(thing.definedComponents, thing.spec.get("components")),
            Optional.ofNullable(scaled).map(String::valueOf));
    return new ClusterFacts(thing.spec, thing.looked ? Optional.of(parts) : Optional.empty());
  }

  private static List<String> names(List<String> defined, Object own) {
    Set<String> all = new LinkedHashSet<>(defined);
    if (own instanceof List<?> list) {
      list.forEach(each -> all.add(String.valueOf(((Map<?, ?>) each).get("name"))));
    }
    return List.copyOf(all);
  }

  /** As the shell writes it: maps are merged, lists replaced, and what was there is kept before. */
  Optional<Failure> apply(String workflowUid, ApplyChild apply, Instant now) {
    Thing thing = things.get(apply.child());
    String mark = Marks.OPERATION + apply.operation();
    if (thing == null && !apply.creates()) {
      return Optional.of(new Failure.Permanent("ResourceNotFound", "it does not exist"));
    }
    if (thing != null && apply.mark().equals(thing.annotations.get(mark))) {
      return Optional.empty();
    }
    count("apply " + apply.operation() + " " + apply.child().name());
    if (thing == null) {
      thing = exists(apply.child().kind(), apply.child().name());
      thing.uid = "uid-" + apply.child().name() + "-" + now.getEpochSecond();
      thing.labels.put(Marks.WORKFLOW_UID, workflowUid);
      thing.annotations.put(Marks.GENERATION, Marks.generation(workflowUid, thing.generation));
      thing.agreed = 0;
      thing.spec = new LinkedHashMap<>(apply.spec());
    } else if (apply.creates() && !workflowUid.equals(thing.labels.get(Marks.WORKFLOW_UID))) {
      return Optional.of(new Failure.Conflict("ResourceAppeared", "somebody else made it"));
    } else {
      long generation = thing.generation;
      if (apply.madeOf().filter(seen -> seen != generation).isPresent()) {
        return Optional.of(
            new Failure.Transient(
                "ResourceChanged", "its spec changed meanwhile", Duration.ofSeconds(1)));
      }
      boolean again = thing.annotations.getOrDefault(mark, "").startsWith(workflowUid + "/");
      if (!apply.creates() && !again) {
        kept.put(apply.operation() + "/" + apply.child(), thing.spec);
      }
      put(
          workflowUid,
          apply.child(),
          EffectiveConfig.merge(
                  List.of(new Layer("before", thing.spec), new Layer("operation", apply.spec())))
              .values());
    }
    thing.annotations.put(mark, apply.mark());
    thing.wellAt = now.plus(MAKING);
    return Optional.empty();
  }

  void restore(String workflowUid, RestoreChild restore, Instant now) {
    Thing thing = things.get(restore.child());
    String mark =
        thing == null
            ? ""
            : thing.annotations.getOrDefault(Marks.OPERATION + restore.operation(), "");
    if (!mark.startsWith(workflowUid + "/")) {
      return;
    }
    count("restore " + restore.operation() + " " + restore.child().name());
    put(workflowUid, restore.child(), kept.get(restore.operation() + "/" + restore.child()));
    thing.annotations.remove(Marks.OPERATION + restore.operation());
    thing.wellAt = now.plus(GOING);
  }

  /** Whether it was gone already. */
  boolean delete(DeleteChild delete, Instant now) {
    Thing thing = things.get(delete.child());
    if (thing == null) {
      return true;
    }
    if (thing.goneAt.isEmpty()) {
      count("delete " + delete.operation() + " " + delete.child().name());
      thing.goneAt = Optional.of(now.plus(GOING));
    }
    return false;
  }

  /** Starts the script, or finds the one that this try started. */
  Running script(RunScript run, Instant now) {
    if (run.followOnly() && !scripts.containsKey(run.operationId().value())) {
      return new Running(now, report(run, OperationReport.State.ABSENT, now));
    }
    return scripts.computeIfAbsent(
        run.operationId().value(),
        id -> {
          String operation = (run.undo() ? "undo " : "") + run.operation();
          String what = operation + " " + run.server();
          count("script " + what);
          boolean fails = failing.contains(operation) || failing.contains(what);
          Instant end =
              now.plus(
                  silentOnce.remove(run.server())
                      ? SILENCE
                      : slow.contains(run.server()) ? SLOW_SCRIPT : SCRIPT);
          return new Running(
              end,
              report(
                  run,
                  fails ? OperationReport.State.FAILED : OperationReport.State.SUCCEEDED,
                  end));
        });
  }

  private static OperationReport report(RunScript run, OperationReport.State state, Instant at) {
    return new OperationReport(
        run.operationId(),
        state,
        "run",
        1,
        1,
        100,
        "",
        1,
        0,
        List.of(),
        Map.of(),
        state == OperationReport.State.FAILED
            ? Optional.of(
                new OperationReport.StepFailure(
                    "run", 1, "StepFailed", "no such file", List.of("cat: /x: no such file"), at))
            : Optional.empty());
  }

  private void count(String effect) {
    effects.merge(effect, 1, Integer::sum);
  }

  static Failure noAnswer() {
    return new Failure.OutcomeUnknown("NoAnswer", "HTTP 0 timeout");
  }

  static Failure refused() {
    return new Failure.Invalid("ResourceRefused", "spec.plan: no such plan");
  }

  static Failure lost() {
    return new Failure.Transient("ApiServerRefused", "HTTP 503", Duration.ofSeconds(1));
  }
}
