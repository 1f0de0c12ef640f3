package dev.provisioning.planning.taskserv;

import dev.provisioning.api.OnFailure;
import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.RevisionResult;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the wanted revision failed, and what is put back instead. */
record Rejection(TaskServInput input, Resolution resolution) {
  /** What can be gone back to: another configuration, or the definition as it was. */
  Optional<Revision> lastGood() {
    return input
        .status()
        .map(TaskServStatus::lastGood)
        .filter(
            good ->
                !good.configHash().equals(resolution.revisionHash())
                    || resolution.earlier(good, input).isPresent());
  }

  /**
   * Empty: it may go on. Once rejected, a revision stays so until the spec, the definition or a
   * person's request changes that.
   */
  Optional<HistoryEntry> of(List<MemberState> wished) {
    if (resolution.effective().spec().onFailure() != OnFailure.Rollback || lastGood().isEmpty()) {
      return Optional.empty();
    }
    Optional<HistoryEntry> before = input.status().map(TaskServStatus::rejected);
    if (before.filter(this::stillHolds).isPresent()) {
      return before;
    }
    long failed = wished.stream().filter(m -> m.failed() || Gates.sick(m, wished)).count();
    if (failed < Rollout.stopAfter(resolution.effective().spec().strategy())) {
      return Optional.empty();
    }
    String version =
        wished.stream()
            .flatMap(m -> m.design().stream())
            .map(d -> d.version())
            .findFirst()
            .orElse(resolution.effective().spec().version());
    return Optional.of(
        new HistoryEntry(
            version,
            resolution.revisionHash(),
            resolution.definitionHash(),
            Remembered.seconds(input.now()),
            RevisionResult.Failed));
  }

  private boolean stillHolds(HistoryEntry entry) {
    TaskServStatus status = input.status().orElseThrow();
    String token = input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null);
    boolean sameDefinition =
        entry.definitionHash() == null
            || entry.definitionHash().equals(resolution.definitionHash());
    return entry.configHash().equals(resolution.revisionHash())
        && sameDefinition
        && Objects.equals(status.observedGeneration(), input.ref().generation())
        && Objects.equals(status.lastHandledReconcileAt(), token);
  }
}
