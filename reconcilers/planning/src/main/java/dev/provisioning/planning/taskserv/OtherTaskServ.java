package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.ResourceRef;
import java.util.Optional;

/** Another TaskServ of the namespace. */
public record OtherTaskServ(ResourceRef ref, TaskServSpec spec, Optional<TaskServStatus> status) {
  public String name() {
    return ref.name();
  }

  /** Name of its definition. */
  public String definition() {
    return spec.definition() == null ? ref.name() : spec.definition();
  }
}
