package dev.provisioning.api.taskserv;

/** How an artifact is packed. */
public enum Packaging {
  Raw,
  TarGz,
  TarXz,
  Zip,
  Deb
}
