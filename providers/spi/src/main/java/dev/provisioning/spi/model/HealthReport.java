package dev.provisioning.spi.model;

import java.util.List;

/** The answers to a machine's checks; {@code message} is the last output line of a failed one. */
public record HealthReport(List<Answer> answers) {
  public HealthReport {
    answers = List.copyOf(answers);
  }

  /**
   * @param silent nobody could be asked: the machine itself does not answer
   */
  public record Answer(String taskServ, String check, boolean ok, String message, boolean silent) {
    public Answer(String taskServ, String check, boolean ok, String message) {
      this(taskServ, check, ok, message, false);
    }
  }
}
