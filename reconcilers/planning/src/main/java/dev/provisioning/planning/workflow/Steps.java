package dev.provisioning.planning.workflow;

import dev.provisioning.spi.model.Failure;
import java.util.Optional;

/** Small rules that all operations share. */
final class Steps {
  private static final int MESSAGE_MAX = 500;
  private static final int COARSE = 10;

  private Steps() {}

  static String shortened(Optional<String> text) {
    return text.map(Steps::shortened).orElse(null);
  }

  static String shortened(String text) {
    return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX - 1) + "…";
  }

  /** In tens: every change costs a write of the whole status. */
  static int rounded(int percent) {
    return percent / COARSE * COARSE;
  }

  /** What another resource manages is changed there: it would be changed back here. */
  static Optional<Failure> forbidden(Optional<ChildFacts> facts, WorkflowInput input) {
    return facts
        .filter(f -> f.controller().isPresent())
        .map(
            f ->
                new Failure.Conflict(
                    "ResourceNotOwned",
                    "%s belongs to %s: change it there".formatted(f.ref(), f.controller().get())));
  }
}
