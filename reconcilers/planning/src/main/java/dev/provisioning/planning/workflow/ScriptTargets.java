package dev.provisioning.planning.workflow;

import dev.provisioning.api.LabelSelector;
import dev.provisioning.api.workflow.ScriptOperation;
import dev.provisioning.api.workflow.ScriptTarget;
import dev.provisioning.api.workflow.TargetPhase;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** On which machines a script runs, chosen when a try begins. */
final class ScriptTargets {
  private static final int MOST = 256;

  private ScriptTargets() {}

  /**
   * The machines of a try; none where {@link #problem} says why. Where an earlier one succeeded it
   * is not run again; one that was left out by an edit since stays recorded: there too it is taken
   * back.
   */
  static List<ScriptTarget> of(Scope scope, Work work, List<ScriptTarget> before) {
    Map<String, ScriptTarget> targets = new TreeMap<>();
    chosen(scope, work).forEach(n -> targets.put(n, new ScriptTarget(n, TargetPhase.Running)));
    before.stream()
        .filter(t -> t.phase() == TargetPhase.Succeeded || !targets.containsKey(t.name()))
        .map(t -> t.phase() == TargetPhase.Succeeded ? t : t.withPhase(TargetPhase.Failed))
        .forEach(t -> targets.put(t.name(), t));
    return targets.size() > MOST ? before : List.copyOf(targets.values());
  }

  /** Why it cannot begin. */
  static Optional<Failure> problem(Scope scope, Work work, List<ScriptTarget> before) {
    Set<String> chosen = chosen(scope, work);
    long others = before.stream().filter(target -> !chosen.contains(target.name())).count();
    if (chosen.isEmpty()) {
      return Optional.of(
          new Failure.Permanent("NoServers", "no Server has the labels of the selector"));
    }
    if (chosen.size() + others <= MOST) {
      return Optional.empty();
    }
    String text =
        others == 0
            ? "the selector chooses %d Servers, and a script runs on %d at most: choose them in parts"
                .formatted(chosen.size(), MOST)
            : "the script is for %d Servers, and ran or was to run on %d others before; one"
                    .formatted(chosen.size(), others)
                + " operation keeps %d at most: choose them in parts".formatted(MOST);
    return Optional.of(new Failure.Permanent("TooManyServers", text));
  }

  private static Set<String> chosen(Scope scope, Work work) {
    ScriptOperation script = work.operation().script();
    TreeSet<String> names = new TreeSet<>(script.servers().names());
    LabelSelector selector = script.servers().selector();
    if (selector != null && !selector.matchLabels().isEmpty()) {
      scope.input().around().machines().stream()
          .filter(m -> m.labels().entrySet().containsAll(selector.matchLabels().entrySet()))
          .forEach(m -> names.add(m.ref().name()));
    }
    return names;
  }
}
