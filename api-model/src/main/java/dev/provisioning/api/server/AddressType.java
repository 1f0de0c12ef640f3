package dev.provisioning.api.server;

/** Kinds of addresses of a machine. */
public enum AddressType {
  PublicIpv4,
  PrivateIpv4,
  Ipv6,
  Hostname
}
