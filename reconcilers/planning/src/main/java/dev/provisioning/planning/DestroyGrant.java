package dev.provisioning.planning;

import dev.provisioning.api.Intent;
import java.util.Optional;

/**
 * The permission to destroy, without which a destructive action cannot be constructed. It is minted
 * only from a deletion that the API server recorded, from a replace that a person approved by hash,
 * from an order that a person wrote into a spec, or from an intent that such a grant left behind.
 */
public final class DestroyGrant {
  private final String uid;
  private final String why;

  private DestroyGrant(String uid, String why) {
    this.uid = uid;
    this.why = why;
  }

  /** A grant iff the resource carries a deletionTimestamp and is not protected. */
  public static Optional<DestroyGrant> fromDeletion(ResourceRef ref, boolean isProtected) {
    return ref.deleting() && !isProtected
        ? Optional.of(new DestroyGrant(ref.uid(), "deletion of " + ref.kind() + " " + ref.name()))
        : Optional.empty();
  }

  /** A grant iff the {@link ResourceRef#ALLOW_REPLACE} annotation names exactly this plan. */
  public static Optional<DestroyGrant> fromApprovedReplace(ResourceRef ref, PlanHash plan) {
    return ref.annotation(ResourceRef.ALLOW_REPLACE).filter(plan.value()::equals).isPresent()
        ? Optional.of(new DestroyGrant(ref.uid(), "replace approved as " + plan))
        : Optional.empty();
  }

  /**
   * A grant iff a destruction was begun under one, as its intent says, and its end is not known.
   */
  public static Optional<DestroyGrant> fromIntent(ResourceRef ref, Intent begun) {
    return Boolean.TRUE.equals(begun.answered())
        ? Optional.empty()
        : Optional.of(new DestroyGrant(ref.uid(), "what was begun as " + begun.action()));
  }

  /**
   * A grant because a person wrote the order into the spec of this resource: an operation that
   * deletes, a rollback of what the resource made.
   */
  public static DestroyGrant fromOrder(ResourceRef ref, String order) {
    return new DestroyGrant(ref.uid(), order + " of " + ref.kind() + " " + ref.name());
  }

  /** Uid of the resource whose things may be destroyed. */
  public String uid() {
    return uid;
  }

  /** For a person, in plans and logs: {@code deletion of Server web-01}. */
  public String why() {
    return why;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DestroyGrant grant && grant.uid.equals(uid) && grant.why.equals(why);
  }

  @Override
  public int hashCode() {
    return uid.hashCode();
  }

  @Override
  public String toString() {
    return "DestroyGrant[" + why + "]";
  }
}
