package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.planning.taskserv.design.Removal;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes a service off one machine: the counterpart of {@link MemberPlanner}. */
final class LeavingPlanner {
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(10);

  private final TaskServInput input;
  private final Remembered remembered;
  private final Optional<DestroyGrant> grant;
  private final Optional<Resolution> resolution;

  /**
   * @param grant for its data; without one they stay
   * @param resolution of the service where it stays on other machines
   */
  LeavingPlanner(
      TaskServInput input,
      Remembered remembered,
      Optional<DestroyGrant> grant,
      Optional<Resolution> resolution) {
    this.input = input;
    this.remembered = remembered;
    this.grant = grant;
    this.resolution = resolution;
  }

  /** Empty: there is nothing to take away, and the machine is forgotten. */
  Optional<MemberState> state(MemberStatus status) {
    Optional<ServerFacts> found =
        input.world().server(status.name()).filter(s -> !s.gone() && same(status, s));
    boolean never = status.operationId() == null && status.version() == null;
    if (found.isEmpty() || never || status.phase() == MemberPhase.Uninstalled) {
      return Optional.empty();
    }
    ServerFacts server = found.get();
    if (Phases.inFlight(status).isPresent()) {
      return Optional.of(state(status, Optional.empty(), Optional.empty()));
    }
    if (server.notReady().isPresent()) {
      return Optional.of(blocked(status, MemberPlanner.notReady(server, server.notReady().get())));
    }
    return switch (input.member(status.name()).applied()) {
      case Reading.Pending<Optional<String>> p ->
          Optional.of(blocked(status, MemberPlanner.reading(status.name())));
      case Reading.Unreadable<Optional<String>> unreadable ->
          Optional.of(blocked(status, unreadable.failure()));
      case Reading.Known<Optional<String>> known ->
          known
              .value()
              .map(Applied::parse)
              .or(() -> halfInstalled(status))
              .map(applied -> operation(status, server, applied))
              .map(operation -> state(status, Optional.empty(), Optional.of(operation)));
    };
  }

  private static boolean same(MemberStatus status, ServerFacts server) {
    return (status.uid() == null || status.uid().equals(server.uid()))
        && (status.incarnation() == null || status.incarnation() == server.incarnation());
  }

  private MemberState blocked(MemberStatus status, Failure problem) {
    return state(status, Optional.of(problem), Optional.empty());
  }

  private MemberState state(
      MemberStatus status, Optional<Failure> problem, Optional<RunOperation> wanted) {
    return new MemberState(
        status.name(),
        false,
        status,
        Optional.empty(),
        problem,
        wanted,
        remembered.retryAt(TaskServAction.operationKey(status.name())));
  }

  private String definitionName() {
    return input.spec().definition() == null ? input.ref().name() : input.spec().definition();
  }

  private Optional<TaskServDefinitionSpec> definition() {
    return Optional.ofNullable(input.world().definitions().get(definitionName()));
  }

  /** An install that did not end well left something that no record tells of. */
  private Optional<Applied> halfInstalled(MemberStatus status) {
    return status.phase() == MemberPhase.Failed
        ? definition().map(d -> Applied.presumed(d, String.valueOf(status.desiredVersion())))
        : Optional.empty();
  }

  private RunOperation operation(MemberStatus status, ServerFacts server, Applied applied) {
    Optional<TaskServDefinitionSpec> definition = definition();
    DataPolicy policy = grant.isPresent() ? DataPolicy.Delete : DataPolicy.Retain;
    Removal removal =
        new Removal(
            input.ref().name(),
            definitionName(),
            input.world().workspace().map(WorkspaceView::name).orElse(""),
            definition,
            Optional.of(config()),
            policy,
            STEP_TIMEOUT);
    String role = status.role() == null ? "" : status.role();
    Optional<Members> others = resolution.map(r -> r.blueprint().members());
    Bundle bundle = removal.bundle(applied, server, role, others);
    return new RunOperation(
        status.name(),
        OperationKind.UNINSTALL,
        MemberPlanner.operationId(input, server, status, bundle.digest()),
        bundle,
        Map.of(),
        List.of(),
        definition.map(d -> Boolean.TRUE.equals(d.parallelSafe())).orElse(false),
        Optional.empty(),
        Words.uninstall(input.ref().name(), status.name(), policy, applied.dataPaths()),
        applied.dataPaths().isEmpty() ? Optional.empty() : grant);
  }

  /** What was applied last; secrets are references there, and references are left out. */
  private JsonNode config() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    input
        .status()
        .map(TaskServStatus::lastGood)
        .map(Revision::config)
        .orElse(Map.of())
        .entrySet()
        .stream()
        .filter(entry -> !entry.getValue().has("secretRef"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
        .forEach(config::set);
    return config;
  }
}
