package dev.provisioning.controllers.provider;

/** One provider entry of one Workspace. */
public record ProviderRef(String namespace, String workspace, String name) {
  @Override
  public String toString() {
    return namespace + "/" + workspace + "/" + name;
  }
}
