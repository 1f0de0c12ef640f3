package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a decision about a TaskServ needs. It is filled in two steps: without {@code members}
 * and secrets it is asked for its {@link TaskServNeeds}; then with what they name.
 *
 * @param members what machines say, by name of Server
 */
public record TaskServInput(
    ResourceRef ref,
    TaskServSpec spec,
    Optional<TaskServStatus> status,
    World world,
    Map<String, MemberFacts> members,
    Ledger ledger,
    Instant now) {
  public TaskServInput {
    members = Map.copyOf(members);
  }

  /** {@link MemberFacts#unknown} where nobody looked. */
  public MemberFacts member(String server) {
    return members.getOrDefault(server, MemberFacts.unknown());
  }
}
