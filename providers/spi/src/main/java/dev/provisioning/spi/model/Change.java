package dev.provisioning.spi.model;

import java.util.List;
import java.util.Map;

/** A change to a machine, as the state to reach: applying one that already holds succeeds (P12). */
public sealed interface Change {
  /** Running or stopped. */
  record Power(boolean on) implements Change {}

  /** Another plan; the provider never stops the machine itself for it (P13). */
  record Resize(String plan) implements Change {}

  /** A larger data volume; GB. */
  record GrowVolume(String volumeName, int sizeGb) implements Change {}

  /** One more data volume. */
  record AddVolume(StorageRequest.Disk disk) implements Change {}

  /** The whole rule list. */
  record SetFirewall(List<NetworkRequest.FirewallRule> rules) implements Change {
    public SetFirewall {
      rules = List.copyOf(rules);
    }
  }

  /** The whole map of user tags. */
  record SetTags(Map<String, String> tags) implements Change {
    public SetTags {
      tags = Map.copyOf(tags);
    }
  }
}
