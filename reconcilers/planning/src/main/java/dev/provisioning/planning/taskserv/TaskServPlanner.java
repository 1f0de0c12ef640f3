package dev.provisioning.planning.taskserv;

import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import java.util.Map;
import java.util.Set;

/** Decides what runs on which machine, and in which order. */
public final class TaskServPlanner implements Planner<TaskServInput, TaskServAction> {
  /** Which facts to read before planning; {@code base} has neither members nor secrets yet. */
  public TaskServNeeds needs(TaskServInput base) {
    return new TaskServNeeds(Map.of(), Set.of());
  }

  @Override
  public Plan<TaskServAction> plan(TaskServInput input) {
    return Plan.empty();
  }
}
