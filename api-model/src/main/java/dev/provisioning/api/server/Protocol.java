package dev.provisioning.api.server;

/** What a firewall rule speaks of. */
public enum Protocol {
  Tcp,
  Udp,
  Icmp
}
