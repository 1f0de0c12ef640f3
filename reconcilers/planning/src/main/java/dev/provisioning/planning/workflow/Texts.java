package dev.provisioning.planning.workflow;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.workflow.WaitCondition;
import dev.provisioning.api.workflow.WaitOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Sentences of plans and statuses. */
final class Texts {
  private static final List<String> TELLING =
      List.of(
          "provider",
          "plan",
          "resources",
          "image",
          "zone",
          "definition",
          "component",
          "version",
          "nodePool",
          "replicas");

  private Texts() {}

  /** {@code make Server web-01 (provider upcloud, plan 2xCPU-4GB)}. */
  static String apply(Scope scope, Work work, ChildRef ref, boolean created) {
    Map<String, Object> wish = said(scope, work);
    String details =
        String.join(
            ", ",
            TELLING.stream()
                .filter(wish::containsKey)
                .map(field -> field + " " + wish.get(field))
                .toList());
    String verb =
        switch (work.type()) {
          case UPGRADE -> "upgrade ";
          case SCALE -> "scale ";
          default -> created ? "make " : "change ";
        };
    return verb + ref + (details.isEmpty() ? "" : " (" + details + ")");
  }

  private static Map<String, Object> said(Scope scope, Work work) {
    return switch (work.type()) {
      case UPGRADE -> Work.plain(work.operation().upgrade());
      case SCALE -> Work.plain(work.operation().scale());
      default -> work.made(scope.input().spec());
    };
  }

  static String script(Work work, String server, boolean undo) {
    if (undo) {
      return "run the rollback of script %s on %s".formatted(work.name(), server);
    }
    String irreversible =
        work.operation().script().rollback() == null ? "; irreversible: it has no rollback" : "";
    return "run script %s on %s%s".formatted(work.name(), server, irreversible);
  }

  static String count(int operations) {
    return operations == 1 ? "1 operation" : operations + " operations";
  }

  /** The machines of a script, as far as the spec names them. */
  static String targets(Work work) {
    return String.join(", ", machines(work.operation().script().servers()));
  }

  static List<String> machines(Targets servers) {
    List<String> parts = new ArrayList<>(servers.names());
    if (servers.selector() != null && !servers.selector().matchLabels().isEmpty()) {
      parts.add("Servers with " + servers.selector().matchLabels());
    }
    return parts;
  }

  static String waiting(Work work) {
    WaitOperation waiting = work.operation().waiting();
    return waiting.duration() == null
        ? "wait until " + condition(waiting.condition())
        : "wait for " + waiting.duration();
  }

  /** {@code Server web-01 is Ready}. */
  static String condition(WaitCondition condition) {
    ConditionStatus status = Objects.requireNonNullElse(condition.status(), ConditionStatus.True);
    return "%s %s has condition %s=%s"
        .formatted(
            condition.kind(),
            condition.name(),
            Objects.requireNonNullElse(condition.type(), "Ready"),
            status);
  }

  /** How to answer comes first: the question may be longer than what is shown. */
  static String approval(Work work, String annotation, String run) {
    List<String> approvers = work.operation().approval().approvers();
    String who = approvers.isEmpty() ? "" : " " + String.join(" or ", approvers);
    return "waits for approval: annotate %s=yes%s or no%s; it asks%s: %s"
        .formatted(annotation, run, run, who, work.operation().approval().message());
  }

  /** Anybody could have answered, so no answer counts. */
  static String unheld(List<String> approvers) {
    return "no answer counts yet: nothing makes sure that it comes from %s; install the"
            .formatted(String.join(" or ", approvers))
        + " ValidatingAdmissionPolicy approvers.provisioning.dev of the chart, and its binding";
  }

  static String going(ChildFacts facts) {
    return facts.health() instanceof ChildHealth.OnItsWay(String text, Optional<Integer> percent)
        ? "waits until %s is gone: %s".formatted(facts.ref(), text)
        : "waits until %s is gone".formatted(facts.ref());
  }
}
