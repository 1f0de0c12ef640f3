package dev.provisioning.planning.workspace;

import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;

/** The Workspace of a resource: the one it names, else the only one of its namespace. */
public sealed interface WorkspaceChoice {
  record Chosen(String name) implements WorkspaceChoice {}

  record Undecided(Failure why) implements WorkspaceChoice {}

  Duration RETRY = Duration.ofSeconds(5);

  /** {@code named} may be null; {@code existing} are the names in {@code namespace}, sorted. */
  static WorkspaceChoice of(String named, List<String> existing, String namespace) {
    if (named != null) {
      return existing.contains(named) ? new Chosen(named) : missing(named, existing, namespace);
    }
    return switch (existing.size()) {
      case 0 ->
          new Undecided(
              new Failure.Waiting(
                  "WorkspaceNotFound",
                  "namespace %s has no Workspace; create one, and this goes on"
                      .formatted(namespace),
                  RETRY));
      case 1 -> new Chosen(existing.getFirst());
      default ->
          new Undecided(
              new Failure.Invalid(
                  "WorkspaceAmbiguous",
                  "namespace %s has several Workspaces; set spec.workspace to one of: %s"
                      .formatted(namespace, String.join(", ", existing))));
    };
  }

  private static WorkspaceChoice missing(String named, List<String> existing, String namespace) {
    String others =
        existing.isEmpty()
            ? "there is none: create it"
            : "there are: " + String.join(", ", existing) + "; name one of these, or create it";
    return new Undecided(
        new Failure.Waiting(
            "WorkspaceNotFound",
            "Workspace %s does not exist in namespace %s; %s".formatted(named, namespace, others),
            RETRY));
  }
}
