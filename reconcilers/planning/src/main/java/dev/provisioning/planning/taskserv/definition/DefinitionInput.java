package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A definition as it stands.
 *
 * @param releases what its source announces; asked only while it is in use
 */
public record DefinitionInput(
    ResourceRef ref,
    TaskServDefinitionSpec spec,
    Optional<TaskServDefinitionStatus> status,
    Use use,
    Reading<List<Release>> releases,
    Ledger ledger,
    Instant now) {
  /**
   * Who needs it.
   *
   * @param held whether our finalizer is on it
   * @param users names of the TaskServs made from it, those of other namespaces with theirs; sorted
   */
  public record Use(boolean held, List<String> users) {
    public Use {
      users = List.copyOf(users);
    }
  }

  boolean held() {
    return use.held();
  }

  List<String> users() {
    return use.users();
  }
}
