package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import java.util.List;

/** Says how far a TaskServ is. */
public final class TaskServProjector
    implements Projector<TaskServInput, TaskServAction, TaskServStatus> {
  @Override
  public Projection<TaskServStatus> project(TaskServInput input, Plan<TaskServAction> plan) {
    return new Projection<>(input.status().orElse(null), List.of());
  }
}
