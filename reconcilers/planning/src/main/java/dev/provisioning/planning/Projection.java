package dev.provisioning.planning;

import java.util.List;

/** A status to publish and the transitions to tell as Kubernetes Events. */
public record Projection<S>(S status, List<Event> events) {
  public Projection {
    events = List.copyOf(events);
  }

  /** One transition, told once. {@code reason} is one of the kind's stable reasons. */
  public record Event(boolean warning, String reason, String message) {}
}
