package dev.provisioning.planning.server;

import dev.provisioning.spi.model.Change;
import java.util.Set;

/** What a change of a machine is called: to people, in keys, and in the state that was applied. */
final class ChangeNames {
  /** All that {@link #action} may say. */
  static final Set<String> ALL =
      Set.of(
          "StartMachine",
          "StopMachine",
          "ResizeMachine",
          "GrowVolume",
          "AddVolume",
          "UpdateFirewall",
          "UpdateTags");

  private ChangeNames() {}

  static String action(Change change) {
    return switch (change) {
      case Change.Power power -> power.on() ? "StartMachine" : "StopMachine";
      case Change.Resize r -> "ResizeMachine";
      case Change.GrowVolume g -> "GrowVolume";
      case Change.AddVolume a -> "AddVolume";
      case Change.SetFirewall f -> "UpdateFirewall";
      case Change.SetTags t -> "UpdateTags";
    };
  }

  /** The part of a key that tells volumes of one machine apart; empty where there is one thing. */
  static String subject(Change change) {
    return switch (change) {
      case Change.GrowVolume grow -> grow.volumeName() + "/";
      case Change.AddVolume add -> add.disk().name() + "/";
      case Change.Power p -> "";
      case Change.Resize r -> "";
      case Change.SetFirewall f -> "";
      case Change.SetTags t -> "";
    };
  }

  /** The field of the applied state that it changes; empty for volumes, which only grow. */
  static String field(Change change) {
    return switch (change) {
      case Change.Power p -> "powerState";
      case Change.Resize r -> "plan";
      case Change.SetFirewall f -> "firewall";
      case Change.SetTags t -> "tags";
      case Change.GrowVolume g -> "";
      case Change.AddVolume a -> "";
    };
  }
}
