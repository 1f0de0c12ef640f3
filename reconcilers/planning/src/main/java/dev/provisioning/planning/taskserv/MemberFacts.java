package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HostDrift;
import java.util.List;
import java.util.Optional;

/**
 * What one machine says of the TaskServ on it.
 *
 * @param applied the applied-state record (JSON); empty when the machine has none
 * @param drift differences from the applied state
 * @param health the last answers, already judged by each check's retries; empty means that nothing
 *     was answered since the last operation
 */
public record MemberFacts(
    Reading<Optional<String>> applied,
    Reading<List<HostDrift>> drift,
    List<HealthReport.Answer> health) {
  public MemberFacts {
    health = List.copyOf(health);
  }

  /** Nothing was asked. */
  public static MemberFacts unknown() {
    return new MemberFacts(new Reading.Pending<>(), new Reading.Pending<>(), List.of());
  }
}
