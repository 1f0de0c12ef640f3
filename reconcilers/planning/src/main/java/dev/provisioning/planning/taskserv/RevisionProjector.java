package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.RevisionResult;
import dev.provisioning.api.taskserv.TaskServStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says which revisions of a service there were, what became of each, and which is the good one.
 *
 * @param before the last status
 * @param version the version that is wanted now
 */
record RevisionProjector(
    Assessment assessment, Standing standing, TaskServStatus before, String version) {
  private static final int MOST_HISTORY = 10;

  /** The one to go back to: what is wanted now once it is complete, until then the one before. */
  Revision lastGood() {
    if (!isApplied()) {
      return before.lastGood();
    }
    Resolution now = assessment.resolution().orElseThrow();
    return new Revision(version, now.revisionHash(), now.definitionHash(), now.references());
  }

  /** The latest first. */
  List<HistoryEntry> history() {
    List<HistoryEntry> history = new ArrayList<>(before.history());
    Optional<HistoryEntry> rejected = assessment.rejected();
    if (rejected.isPresent() && before.rejected() == null) {
      history.addFirst(rejected.get());
    } else if (assessment.rollsBack() && standing.settled() && !history.isEmpty()) {
      HistoryEntry latest = history.getFirst();
      if (latest.result() == RevisionResult.Failed) {
        history.set(0, latest.withResult(RevisionResult.RolledBack));
      }
    } else if (isApplied()) {
      applied(history);
    }
    return history.stream().limit(MOST_HISTORY).toList();
  }

  private boolean isApplied() {
    return !assessment.rollsBack() && assessment.resolution().isPresent() && standing.complete();
  }

  private void applied(List<HistoryEntry> history) {
    Resolution now = assessment.resolution().orElseThrow();
    boolean known =
        !history.isEmpty()
            && history.getFirst().result() == RevisionResult.Applied
            && Objects.equals(history.getFirst().version(), version)
            && Objects.equals(history.getFirst().configHash(), now.revisionHash());
    if (!known) {
      history.addFirst(
          new HistoryEntry(
              version,
              now.revisionHash(),
              now.definitionHash(),
              Remembered.seconds(assessment.input().now()),
              RevisionResult.Applied));
    }
  }
}
