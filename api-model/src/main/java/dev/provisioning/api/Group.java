package dev.provisioning.api;

/** Names that are the same for all kinds. */
public final class Group {
  public static final String NAME = "provisioning.dev";
  public static final String VERSION = "v1alpha1";

  private Group() {}
}
