package dev.provisioning.planning.cluster;

/** Why a child goes. */
public enum Cause {
  DELETED("the Cluster is deleted"),
  SCALED_DOWN("the pool is to be smaller"),
  REMOVED("it is not wanted any more"),
  REPLACED("its machine cannot be changed to what is wanted"),
  HEALED("its machine stays broken");

  private final String clause;

  Cause(String clause) {
    this.clause = clause;
  }

  /** For a sentence. */
  public String clause() {
    return clause;
  }
}
