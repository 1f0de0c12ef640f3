package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.HealthStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.StepFailureStatus;
import dev.provisioning.spi.model.OperationReport;
import java.time.Instant;
import java.util.List;

/** What an operation makes of the status of its machine, on its way and when it ends. */
final class MemberTransitions {
  /** Percent; less is no news. */
  private static final int PROGRESS_STEP = 5;

  private static final int TEXT_MAX = 256;
  private static final int WARNINGS_MAX = 16;
  private static final int WARNING_MAX = 500;

  private MemberTransitions() {}

  /** The last report of an operation, and when it came. */
  record End(OperationReport report, Instant at) {
    /** The step that failed; where the report names none, {@code reason} says what happened. */
    StepFailureStatus failure(String reason) {
      return report
          .failure()
          .map(
              f ->
                  new StepFailureStatus(
                      f.step(), f.exitCode(), f.reason(), f.message(), f.logTail(), at))
          .orElseGet(
              () ->
                  new StepFailureStatus(report.step(), null, reason, report.text(), List.of(), at));
    }

    List<String> warnings() {
      return report.warnings().stream()
          .limit(WARNINGS_MAX)
          .map(text -> cut(text, WARNING_MAX))
          .toList();
    }
  }

  static MemberStatus running(MemberStatus status, OperationReport report) {
    String text = cut(report.text(), TEXT_MAX);
    return status.with(
        b ->
            b.step(report.step().isEmpty() ? null : report.step())
                .stepIndex(report.stepIndex())
                .stepCount(report.stepCount())
                .progress(report.progress() / PROGRESS_STEP * PROGRESS_STEP)
                .text(text.isEmpty() ? null : text));
  }

  /** As it was before the intent. */
  static MemberStatus notStarted(MemberStatus status) {
    boolean healthy = status.health() == null || Boolean.TRUE.equals(status.health().healthy());
    MemberPhase installed = healthy ? MemberPhase.Ready : MemberPhase.Unhealthy;
    MemberPhase before = status.version() == null ? MemberPhase.Pending : installed;
    return untried(status, status.lastFailure() == null ? before : MemberPhase.Failed);
  }

  /** The machine knows of no such operation: this try does not count. */
  static MemberStatus absent(MemberStatus status) {
    return untried(status, MemberPhase.Pending);
  }

  private static MemberStatus untried(MemberStatus status, MemberPhase phase) {
    return idle(status)
        .with(b -> b.phase(phase).attempt(Math.max(0, Remembered.attempts(status) - 1)));
  }

  static MemberStatus installed(MemberStatus status, End end) {
    return succeeded(status, end)
        .with(
            b ->
                b.phase(MemberPhase.Ready)
                    .version(status.desiredVersion())
                    .configHash(status.desiredConfigHash())
                    .health(new HealthStatus(true, end.at(), List.of())));
  }

  static MemberStatus uninstalled(MemberStatus status, End end) {
    return succeeded(status, end)
        .with(b -> b.phase(MemberPhase.Uninstalled).version(null).configHash(null).health(null));
  }

  private static MemberStatus succeeded(MemberStatus status, End end) {
    return idle(status)
        .with(
            b ->
                b.desiredVersion(null)
                    .desiredConfigHash(null)
                    .lastFailure(null)
                    .attempt(null)
                    .warnings(end.warnings())
                    .finishedAt(end.at()));
  }

  static MemberStatus failed(MemberStatus status, End end, StepFailureStatus failure) {
    return idle(status)
        .with(
            b ->
                b.phase(MemberPhase.Failed)
                    .lastFailure(failure)
                    .warnings(end.warnings())
                    .finishedAt(end.at()));
  }

  /** With the step at which the operation ended. */
  static MemberStatus at(MemberStatus status, End end) {
    return status.with(
        b -> b.stepIndex(end.report().stepIndex()).stepCount(end.report().stepCount()));
  }

  private static MemberStatus idle(MemberStatus status) {
    return status.with(b -> b.step(null).stepIndex(null).stepCount(null).progress(null).text(null));
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) : text;
  }
}
