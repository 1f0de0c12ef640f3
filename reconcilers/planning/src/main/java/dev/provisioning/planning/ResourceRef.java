package dev.provisioning.planning;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of a resource that decisions need. {@code deletionTimestamp}: it is being deleted.
 */
public record ResourceRef(
    String kind,
    String namespace,
    String name,
    String uid,
    long generation,
    Instant createdAt,
    Optional<Instant> deletionTimestamp,
    Map<String, String> labels,
    Map<String, String> annotations) {
  /** Annotation: the plan hash that a person approved. */
  public static final String APPROVE_PLAN = "provisioning.dev/approve-plan";

  /** Annotation: the plan hash whose replacement of a machine a person allowed. */
  public static final String ALLOW_REPLACE = "provisioning.dev/allow-replace";

  /** Annotation: reconcile now; answered in {@code status.lastHandledReconcileAt}. */
  public static final String RECONCILE_REQUESTED_AT = "provisioning.dev/reconcile-requested-at";

  public ResourceRef {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Whether the API server recorded a deletion; that is final. */
  public boolean deleting() {
    return deletionTimestamp.isPresent();
  }

  /** Empty when it is not set. */
  public Optional<String> annotation(String name) {
    return Optional.ofNullable(annotations.get(name));
  }
}
