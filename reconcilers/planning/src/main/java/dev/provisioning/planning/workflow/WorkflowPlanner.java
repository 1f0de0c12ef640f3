package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.planning.Alarm;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteWorkflow;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which operations run, forwards or backwards. */
public final class WorkflowPlanner implements Planner<WorkflowInput, WorkflowAction> {
  /** At once: what ended is written, and what depends on it may start. */
  private static final Duration NEXT_FRONT = Duration.ofMillis(1);

  /** A refused connection or two make the backoff some seconds. */
  private static final int FEW = 4;

  @Override
  public Plan<WorkflowAction> plan(WorkflowInput input) {
    Course course = Course.of(input);
    Optional<Failure> blocker = course.refusal().or(course::gate);
    List<WorkflowAction> front = new ArrayList<>(course.front());
    Alarm alarm = new Alarm();
    course.wakeAt().ifPresent(alarm::set);
    Optional<Instant> end = endOfLife(course);
    if (end.isPresent() && blocker.isEmpty() && !input.ref().deleting()) {
      if (input.now().isBefore(end.get())) {
        alarm.set(end.get());
      } else {
        front.add(new DeleteWorkflow(input.ref().name()));
      }
    }
    List<WorkflowAction> actions = new ArrayList<>();
    if (course.gate().isPresent()) {
      course
          .scope()
          .ifPresent(scope -> actions.addAll(Announcement.of(scope, course.operations())));
    }
    actions.addAll(front);
    return new Plan<>(actions, front, blocker, recheck(input, alarm.earliest(), course.refusal()));
  }

  /** When the workflow itself goes, if it has ended. */
  private static Optional<Instant> endOfLife(Course course) {
    String ttl = course.input().spec().ttlAfterFinished();
    return ttl == null
        ? Optional.empty()
        : Standing.finishedAt(course).map(at -> at.plus(DurationText.parse(ttl)));
  }

  private static Optional<Duration> recheck(
      WorkflowInput input, Optional<Instant> wakeAt, Optional<Failure> refusal) {
    if (refusal.isPresent()) {
      return FailurePolicy.of(refusal.get(), FEW, input.ref().uid()).retryAfter();
    }
    return wakeAt
        .map(at -> Duration.between(input.now(), at))
        .map(wait -> wait.compareTo(NEXT_FRONT) < 0 ? NEXT_FRONT : wait);
  }
}
