package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which facts the decision about a TaskServ needs, by name of Server. */
public record TaskServNeeds(Map<String, Member> members, Set<SecretKey> secrets) {
  public TaskServNeeds {
    members = Map.copyOf(members);
    secrets = Set.copyOf(secrets);
  }

  /**
   * @param applied whether the applied state is wanted
   * @param drift how old a comparison of the machine with it may be; empty: none is wanted
   * @param checks the health checks to ask from now on; empty means to stop asking
   */
  public record Member(boolean applied, Optional<Duration> drift, List<HealthCheck> checks) {
    public Member {
      checks = List.copyOf(checks);
    }
  }
}
