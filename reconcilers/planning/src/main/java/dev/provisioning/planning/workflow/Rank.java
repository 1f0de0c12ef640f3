package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.Objects;

/** Who of the workflows of a Workspace gets places first; of any two it is one of them. */
public record Rank(int priority, Instant createdAt, String uid) {
  private static final int USUAL_PRIORITY = 50;

  public static Rank of(ResourceRef workflow, BatchWorkflowSpec spec) {
    return new Rank(
        Objects.requireNonNullElse(spec.priority(), USUAL_PRIORITY),
        workflow.createdAt(),
        workflow.uid());
  }

  /** By priority, then by age. */
  public boolean isBefore(Rank other) {
    return priority == other.priority ? isEarlier(other) : priority > other.priority;
  }

  /** The uid, where the same second made both: one of them is the earlier for both. */
  public boolean isEarlier(Rank other) {
    int age = createdAt.compareTo(other.createdAt);
    return age < 0 || age == 0 && uid.compareTo(other.uid) < 0;
  }
}
