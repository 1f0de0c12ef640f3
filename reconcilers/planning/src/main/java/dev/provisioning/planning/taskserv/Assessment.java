package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What is concluded from an input: the same for the plan and for the status.
 *
 * @param refusal why nothing can be planned for any machine
 * @param dependency what must be there first, also when all is installed
 * @param missing requirements that nothing meets
 * @param members the machines of the service, and those that it shall leave
 * @param rejected the wanted revision failed: the one before it is put back
 */
record Assessment(
    TaskServInput input,
    Remembered remembered,
    Optional<Resolution> resolution,
    Optional<Failure> refusal,
    Optional<Failure> dependency,
    List<Relations.Missing> missing,
    List<MemberState> members,
    Optional<HistoryEntry> rejected) {
  static Assessment of(TaskServInput input) {
    Remembered remembered = Remembered.of(input);
    if (input.ref().deleting()) {
      return new Departure(input, remembered).assess();
    }
    try {
      Resolution resolution =
          Resolution.of(input, key -> Optional.ofNullable(input.world().secrets().get(key)));
      return new Assessor(input, remembered, resolution).assess();
    } catch (Refused e) {
      return new Assessment(
          input,
          remembered,
          Optional.empty(),
          Optional.of(e.failure()),
          Optional.empty(),
          List.of(),
          asTheyAre(remembered),
          Optional.empty());
    }
  }

  List<MemberState> targets() {
    return members.stream().filter(MemberState::target).toList();
  }

  boolean rollsBack() {
    return rejected.isPresent();
  }

  /** Members of the last status: nothing is concluded about them. */
  private static List<MemberState> asTheyAre(Remembered remembered) {
    return remembered.members().values().stream()
        .map(
            status ->
                new MemberState(
                    status.name(),
                    true,
                    status,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    remembered.retryAt(TaskServAction.operationKey(status.name()))))
        .toList();
  }
}
