package dev.provisioning.planning.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.Operation;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.UndoType;
import dev.provisioning.planning.config.Hashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One operation of the spec, with what it means. */
record Work(Operation operation, Type type) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(60);
  private static final int HASH_LENGTH = 16;

  /** What kind of thing it does. */
  enum Type {
    SERVER,
    SERVERS,
    TASK_SERV,
    CLUSTER,
    DELETE,
    UPGRADE,
    SCALE,
    SCRIPT,
    APPROVAL,
    WAIT;

    /** Whether it makes or changes resources and waits until they are well. */
    boolean applies() {
      return switch (this) {
        case SERVER, SERVERS, TASK_SERV, CLUSTER, UPGRADE, SCALE -> true;
        case DELETE, SCRIPT, APPROVAL, WAIT -> false;
      };
    }

    /** Whether an operation of this type can have written {@code status}. */
    boolean records(OperationStatus status) {
      return (applies() || status.children().isEmpty())
          && (this == SCRIPT || status.servers().isEmpty());
    }

    /** Whether the resource need not exist before. */
    boolean creates() {
      return switch (this) {
        case SERVER, SERVERS, TASK_SERV, CLUSTER -> true;
        case DELETE, UPGRADE, SCALE, SCRIPT, APPROVAL, WAIT -> false;
      };
    }
  }

  static Work of(Operation operation) {
    return new Work(operation, typeOf(operation));
  }

  String name() {
    return operation.name();
  }

  /** The resources it is about, without the machines of a script. */
  List<ChildRef> children() {
    String target = Objects.requireNonNullElse(operation.target(), operation.name());
    return switch (type) {
      case SERVER -> List.of(new ChildRef(ChildKind.Server, target));
      case SERVERS ->
          operation.servers().names().stream()
              .map(name -> new ChildRef(ChildKind.Server, name))
              .toList();
      case TASK_SERV -> List.of(new ChildRef(ChildKind.TaskServ, target));
      case CLUSTER -> List.of(new ChildRef(ChildKind.Cluster, target));
      case DELETE -> List.of(new ChildRef(operation.delete().kind(), operation.delete().name()));
      case UPGRADE ->
          List.of(
              operation.upgrade().taskServ() == null
                  ? new ChildRef(ChildKind.Cluster, operation.upgrade().cluster())
                  : new ChildRef(ChildKind.TaskServ, operation.upgrade().taskServ()));
      case SCALE -> List.of(new ChildRef(ChildKind.Cluster, operation.scale().cluster()));
      case SCRIPT, APPROVAL, WAIT -> List.of();
    };
  }

  /** The spec of its resources, as far as the operation says it; empty where it makes none. */
  Map<String, Object> made(BatchWorkflowSpec workflow) {
    return switch (type) {
      case SERVER -> made(operation.server(), workflow);
      case SERVERS -> made(operation.servers().template(), workflow);
      case TASK_SERV -> made(operation.taskServ(), workflow);
      case CLUSTER -> made(operation.cluster(), workflow);
      case UPGRADE, SCALE, DELETE, SCRIPT, APPROVAL, WAIT -> Map.of();
    };
  }

  Duration timeout() {
    return DurationText.parse(operation.timeout(), usualTimeout());
  }

  /** A pause takes the time that it shall take. */
  private Duration usualTimeout() {
    boolean pause = type == Type.WAIT && operation.waiting().duration() != null;
    return pause
        ? DurationText.parse(operation.waiting().duration()).plus(USUAL_TIMEOUT)
        : USUAL_TIMEOUT;
  }

  /** How it would be taken back; empty when there is nothing to take back. */
  Optional<UndoType> undo(boolean creates) {
    return switch (type) {
      case SERVER, SERVERS, TASK_SERV, CLUSTER, UPGRADE, SCALE ->
          Optional.of(creates ? UndoType.Delete : UndoType.Restore);
      case DELETE -> Optional.of(UndoType.Irreversible);
      case SCRIPT ->
          Optional.of(
              operation.script().rollback() == null ? UndoType.Irreversible : UndoType.Script);
      case APPROVAL, WAIT -> Optional.empty();
    };
  }

  /** Names what the operation does: another text for another wish. */
  String inputsHash() {
    Operation wish =
        operation.with(b -> b.dependsOn(null).priority(null).retry(null).timeout(null));
    JsonNode tree = JSON.valueToTree(wish);
    return Hashes.sha256(Hashes.canonical(tree)).substring(0, HASH_LENGTH);
  }

  /** How one speaks of its type, also the key under which durations are compared. */
  String word() {
    return switch (type) {
      case SERVER, SERVERS -> "server";
      case TASK_SERV ->
          "taskServ " + Optional.ofNullable(operation.taskServ().get("definition")).orElse(null);
      case CLUSTER -> "cluster";
      case DELETE -> "delete " + operation.delete().kind();
      case UPGRADE -> "upgrade";
      case SCALE -> "scale";
      case SCRIPT -> "script " + operation.name();
      case APPROVAL -> "approval";
      case WAIT -> "wait";
    };
  }

  /** A record or a map as plain values. */
  static Map<String, Object> plain(Object spec) {
    return JSON.convertValue(spec, new TypeReference<Map<String, Object>>() {});
  }

  private static Map<String, Object> made(Map<String, JsonNode> spec, BatchWorkflowSpec workflow) {
    Map<String, Object> plain = new LinkedHashMap<>(plain(spec));
    if (workflow.workspace() != null) {
      plain.putIfAbsent("workspace", workflow.workspace());
    }
    return plain;
  }

  private static Type typeOf(Operation o) {
    List<Type> given = new ArrayList<>();
    add(given, o.server(), Type.SERVER);
    add(given, o.servers(), Type.SERVERS);
    add(given, o.taskServ(), Type.TASK_SERV);
    add(given, o.cluster(), Type.CLUSTER);
    add(given, o.delete(), Type.DELETE);
    add(given, o.upgrade(), Type.UPGRADE);
    add(given, o.scale(), Type.SCALE);
    add(given, o.script(), Type.SCRIPT);
    add(given, o.approval(), Type.APPROVAL);
    add(given, o.waiting(), Type.WAIT);
    if (given.size() != 1) {
      throw new IllegalStateException("the API server lets in one type only: " + given);
    }
    return given.getFirst();
  }

  private static void add(List<Type> given, Object field, Type type) {
    if (field != null) {
      given.add(type);
    }
  }
}
