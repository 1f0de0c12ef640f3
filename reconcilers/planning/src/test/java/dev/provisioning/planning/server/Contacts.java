package dev.provisioning.planning.server;

import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.MachineFacts;

/** What a login brings back in these tests. */
final class Contacts {
  private Contacts() {}

  static Contact of(String hostKey) {
    return new Contact(
        hostKey,
        new MachineFacts(
            "debian", "12", "amd64", "6.1", 2, 4096, 25, true, "machine-id", "boot-id"));
  }
}
