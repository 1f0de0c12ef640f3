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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes a service off machines: off all when it is deleted, off those that it shall leave. */
final class Departure {
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final TaskServInput input;
  private final Remembered remembered;

  Departure(TaskServInput input, Remembered remembered) {
    this.input = input;
    this.remembered = remembered;
  }

  /** The whole TaskServ goes. */
  Assessment assess() {
    boolean isProtected = isProtected();
    Optional<DestroyGrant> grant = DestroyGrant.fromDeletion(input.ref(), isProtected);
    List<MemberState> members = new ArrayList<>();
    for (MemberStatus status : remembered.members().values()) {
      state(
              status,
              grant.filter(g -> input.spec().dataPolicy() == DataPolicy.Delete),
              Optional.empty())
          .ifPresent(members::add);
    }
    return new Assessment(
        input,
        remembered,
        Optional.empty(),
        isProtected ? Optional.of(protection()) : dependants(),
        Optional.empty(),
        List.of(),
        members,
        Optional.empty());
  }

  /** Machines that the spec does not name any more; their data always stays. */
  List<MemberState> leftovers(Resolution resolution) {
    List<String> targets = resolution.targets().stream().map(ServerFacts::name).toList();
    List<MemberState> members = new ArrayList<>();
    for (MemberStatus status : remembered.members().values()) {
      if (!targets.contains(status.name())) {
        state(status, Optional.empty(), Optional.of(resolution)).ifPresent(members::add);
      }
    }
    return members;
  }

  private boolean isProtected() {
    Boolean own = input.spec().deletionProtection();
    return own != null
        ? own
        : input.world().workspace().map(WorkspaceView::deletionProtection).orElse(false);
  }

  private static Failure protection() {
    return new Failure.Conflict(
        "DeletionProtected",
        "deletion protection is on: nothing is uninstalled until spec.deletionProtection is false");
  }

  private Optional<Failure> dependants() {
    Relations relations = new Relations(input, input.spec());
    List<String> needing = relations.dependants();
    List<String> staying = needing.stream().filter(name -> !relations.leaving(name)).toList();
    if (!staying.isEmpty()) {
      return Optional.of(
          new Failure.Conflict(
              "DeletionBlocked",
              "TaskServ %s needs %s; delete or change it first"
                  .formatted(String.join(", ", staying), input.ref().name())));
    }
    return needing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Failure.Waiting(
                "DeletionBlocked",
                "waits until TaskServ %s is uninstalled".formatted(String.join(", ", needing)),
                RECHECK));
  }

  /** Empty: there is nothing to take away, and the machine is forgotten. */
  private Optional<MemberState> state(
      MemberStatus status, Optional<DestroyGrant> grant, Optional<Resolution> resolution) {
    Optional<ServerFacts> server =
        input.world().server(status.name()).filter(s -> !s.gone() && same(status, s));
    boolean never = status.operationId() == null && status.version() == null;
    if (server.isEmpty() || never || status.phase() == MemberPhase.Uninstalled) {
      return Optional.empty();
    }
    Leaving leaving = new Leaving(status, server.get(), grant, resolution);
    if (Phases.inFlight(status).isPresent()) {
      return Optional.of(leaving.state(Optional.empty(), Optional.empty()));
    }
    if (server.get().notReady().isPresent()) {
      return Optional.of(
          leaving.state(
              Optional.of(MemberPlanner.notReady(server.get(), server.get().notReady().get())),
              Optional.empty()));
    }
    return switch (input.member(status.name()).applied()) {
      case Reading.Pending<Optional<String>> p ->
          Optional.of(
              leaving.state(
                  Optional.of(
                      new Failure.Waiting(
                          "ReadingMachine",
                          "reading the applied state of " + status.name(),
                          Duration.ofSeconds(30))),
                  Optional.empty()));
      case Reading.Unreadable<Optional<String>> unreadable ->
          Optional.of(leaving.state(Optional.of(unreadable.failure()), Optional.empty()));
      case Reading.Known<Optional<String>> known ->
          known
              .value()
              .map(Applied::parse)
              .or(() -> leaving.halfInstalled())
              .map(
                  applied ->
                      leaving.state(Optional.empty(), Optional.of(leaving.operation(applied))));
    };
  }

  private static boolean same(MemberStatus status, ServerFacts server) {
    return (status.uid() == null || status.uid().equals(server.uid()))
        && (status.incarnation() == null || status.incarnation() == server.incarnation());
  }

  private record Identity(String definition, Optional<TaskServDefinitionSpec> spec) {}

  private final class Leaving {
    private final MemberStatus status;
    private final ServerFacts server;
    private final Optional<DestroyGrant> grant;
    private final Optional<Resolution> resolution;

    Leaving(
        MemberStatus status,
        ServerFacts server,
        Optional<DestroyGrant> grant,
        Optional<Resolution> resolution) {
      this.status = status;
      this.server = server;
      this.grant = grant;
      this.resolution = resolution;
    }

    MemberState state(Optional<Failure> problem, Optional<RunOperation> wanted) {
      return new MemberState(
          status.name(),
          false,
          status,
          Optional.empty(),
          problem,
          wanted,
          remembered.retryAt(TaskServAction.operationKey(status.name())));
    }

    private Identity definition() {
      String name =
          input.spec().definition() == null ? input.ref().name() : input.spec().definition();
      return new Identity(name, Optional.ofNullable(input.world().definitions().get(name)));
    }

    /** An install that did not end well left something that no record tells of. */
    Optional<Applied> halfInstalled() {
      if (status.phase() != MemberPhase.Failed) {
        return Optional.empty();
      }
      return definition()
          .spec()
          .map(
              d ->
                  new Applied(
                      String.valueOf(status.desiredVersion()),
                      "",
                      d.versions().stream()
                          .filter(v -> v.version().equals(status.desiredVersion()))
                          .flatMap(v -> v.packages().stream())
                          .filter(Leaving::isPlain)
                          .toList(),
                      d.units().stream().filter(Leaving::isPlain).toList(),
                      d.dataPaths().stream().filter(Leaving::isPlain).toList(),
                      d.files().stream()
                          .map(file -> file.path())
                          .filter(Leaving::isPlain)
                          .toList()));
    }

    private static boolean isPlain(String text) {
      return text.indexOf('{') < 0;
    }

    RunOperation operation(Applied applied) {
      Identity identity = definition();
      DataPolicy policy = grant.isPresent() ? DataPolicy.Delete : DataPolicy.Retain;
      Removal removal =
          new Removal(
              input.ref().name(),
              identity.definition(),
              input.world().workspace().map(WorkspaceView::name).orElse(""),
              identity.spec(),
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
          identity.spec().map(d -> Boolean.TRUE.equals(d.parallelSafe())).orElse(false),
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
}
