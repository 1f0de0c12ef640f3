package dev.provisioning.api.server;

/** Which way traffic goes, seen from the machine. */
public enum Direction {
  Ingress,
  Egress
}
