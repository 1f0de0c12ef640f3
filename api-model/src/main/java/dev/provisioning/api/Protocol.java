package dev.provisioning.api;

/** Protocols over IP. */
public enum Protocol {
  Tcp,
  Udp,
  Icmp
}
