package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberStatus;
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

  /** What its status says of one machine; empty when it says nothing. */
  Optional<MemberStatus> member(String server) {
    return status.stream()
        .flatMap(s -> s.servers().stream())
        .filter(m -> m.name().equals(server))
        .findFirst();
  }

  /** The version on one machine, if it is there. */
  Optional<String> installed(String server) {
    return member(server).map(MemberStatus::version);
  }
}
