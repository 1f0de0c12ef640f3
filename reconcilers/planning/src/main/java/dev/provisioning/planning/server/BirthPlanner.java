package dev.provisioning.planning.server;

import dev.provisioning.api.FailedAction;
import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.Failures;
import dev.provisioning.planning.server.ServerPlanner.Steps;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** No machine is seen: was there one, is there to be one, or must we look again? */
final class BirthPlanner {
  private BirthPlanner() {}

  static Steps plan(ServerInput input, ServerView view, EffectiveServer server) {
    return switch (view.absence()) {
      case DOUBTFUL -> sameTryIsSafe(input, view) ? birth(input, view, server) : doubt(view);
      case CERTAIN ->
          unended(input, view, server)
              .map(Steps::of)
              .orElseGet(() -> afterLoss(input, view, server));
      case NONE -> birth(input, view, server);
    };
  }

  /**
   * A create that was cut short left a machine that will never run by itself: the same create once
   * more, with the key that the machine carries. It is the plan that stood before, so what was
   * approved stays approved, and the quota was drawn on already.
   */
  static Optional<Steps> completion(ServerInput input, ServerView view, EffectiveServer server) {
    ResolvedMachine resolved = view.carried().resolved();
    return view.machine()
        .filter(Machine::halfMade)
        .flatMap(Machine::key)
        .filter(key -> resolved != null && !server.policy().observeOnly())
        .map(key -> new Tries.Try(view.incarnation(), resolved, key))
        .map(same -> makeable(input, actions(input, server, same)));
  }

  /** With a token of its own the same create can be sent again before its outcome is known. */
  private static boolean sameTryIsSafe(ServerInput input, ServerView view) {
    return view.createUnresolved()
        && !Tries.mismatched(view)
        && input.provider().known().filter(p -> p.capabilities().createOnce()).isPresent()
        && Tries.next(input, view).map(next -> next.sameAs(view)).orElse(false);
  }

  private static Steps doubt(ServerView view) {
    String what =
        view.recorded()
            .map(id -> "machine %s is not seen at its provider".formatted(id))
            .orElse("whether the machine was made is not known yet");
    return Steps.waiting(
        new Failure.Waiting(
            ServerReasons.MACHINE_NOT_SEEN,
            what + "; it is looked for again before anything is done",
            ServerPlanner.POLL),
        ServerPlanner.POLL);
  }

  /** The deletion of a machine that is to be replaced, as long as it is not known to be done. */
  private static Optional<List<ServerAction>> unended(
      ServerInput input, ServerView view, EffectiveServer server) {
    return view.remains()
        .filter(machine -> view.replaced())
        .flatMap(
            machine ->
                DestroyGrant.fromIntent(input.ref(), view.intent().orElseThrow())
                    .map(
                        grant ->
                            List.<ServerAction>of(
                                new ServerAction.DeleteMachine(
                                    grant,
                                    machine,
                                    view.incarnation(),
                                    server.policy().keepStorage(),
                                    Optional.of("whether it is done is not known")))));
  }

  private static Steps afterLoss(ServerInput input, ServerView view, EffectiveServer server) {
    boolean mayMakeAnother =
        view.createUnresolved()
            || view.replaced()
            || !view.ranBefore()
            || server.policy().recreate();
    if (server.policy().observeOnly() || !mayMakeAnother || !ownMaking(input, server)) {
      return Steps.waiting(
          new Failure.Permanent(
              ServerReasons.MACHINE_NOT_FOUND,
              ("machine %s does not exist any more; set spec.recreate: IfMissing to get a new one,"
                      + " or delete this Server")
                  .formatted(view.recorded().map(MachineId::value).orElse("of this Server"))),
          Duration.ofSeconds(60));
    }
    return birth(input, view, server);
  }

  /** An adopted machine that is gone cannot be made again. */
  private static boolean ownMaking(ServerInput input, EffectiveServer server) {
    return server.placement().adoptId().isEmpty();
  }

  private static Steps birth(ServerInput input, ServerView view, EffectiveServer server) {
    Optional<String> adopted = server.placement().adoptId();
    if (server.policy().observeOnly()) {
      return observed(input, adopted);
    }
    if (adopted.isPresent()) {
      ServerAction adopt =
          new ServerAction.AdoptMachine(view.incarnation(), new MachineId(adopted.get()));
      return withQuota(input, new ArrayList<>(List.of(adopt)));
    }
    Answer<Tries.Try> next = Tries.answer(input, view);
    return switch (next) {
      case Answer.Unknown<Tries.Try>(Failure why) -> Steps.waiting(why, Duration.ofSeconds(60));
      case Answer.Known<Tries.Try>(Tries.Try made) -> created(input, view, server, made);
    };
  }

  private static Steps created(
      ServerInput input, ServerView view, EffectiveServer server, Tries.Try made) {
    List<ServerAction> actions = actions(input, server, made);
    Steps steps = makeable(input, actions);
    if (steps.blocker().isPresent()) {
      return steps;
    }
    Optional<FailedAction> launch = view.failures().of(Tries.LAUNCH);
    if (launch.isPresent() && launch.get().retryAt().isAfter(input.now())) {
      return new Steps(actions, Optional.of(Failures.told(launch.get())), Optional.empty())
          .blockedBy(Failures.told(launch.get()), Failures.until(launch.get(), input.now()));
    }
    return withQuota(input, actions);
  }

  private static List<ServerAction> actions(
      ServerInput input, EffectiveServer server, Tries.Try made) {
    List<ServerAction> actions = new ArrayList<>();
    actions.add(
        new ServerAction.CreateMachine(
            made.incarnation(),
            made.resolved(),
            made.key(),
            description(input, server, made.resolved()),
            Contents.of(server)));
    actions.addAll(ContactPlanner.afterCreate(input, server, made.incarnation()));
    return actions;
  }

  /** What the first login needs must be there before the machine is. */
  private static Steps makeable(ServerInput input, List<ServerAction> actions) {
    return input
        .host()
        .problem()
        .map(why -> new Steps(actions, Optional.of(why), Optional.of(Duration.ofSeconds(10))))
        .orElse(Steps.of(actions));
  }

  private static Steps withQuota(ServerInput input, List<ServerAction> actions) {
    Optional<Failure> quota = input.surroundings().quota();
    return quota.isPresent()
        ? new Steps(actions, quota, Optional.of(Duration.ofSeconds(60)))
        : Steps.of(actions);
  }

  private static Steps observed(ServerInput input, Optional<String> adopted) {
    String message =
        adopted
            .map(id -> "spec.adopt.id: there is no machine " + id + " to observe")
            .orElse("spec.adopt.id: say which machine is to be observed");
    return Steps.waiting(
        new Failure.Invalid(ServerReasons.MACHINE_NOT_FOUND, message), Duration.ofSeconds(60));
  }

  /** Names the fallbacks too: whoever approves it approves them. */
  private static String description(
      ServerInput input, EffectiveServer server, ResolvedMachine resolved) {
    ResolvedMachine first =
        resolved.fallback() == null || resolved.fallback() == 0
            ? resolved
            : Tries.resolved(input, server, 0).known().orElse(resolved);
    if (input.provider().known().orElseThrow().existing()) {
      return "claim the machine at %s for %s".formatted(first.zone(), server.hostname());
    }
    String text =
        "create machine %s: plan %s in %s, image %s, root disk %d GB"
            .formatted(
                server.hostname(),
                first.plan(),
                first.zone(),
                server.size().image(),
                server.storage().rootSizeGb());
    String volumes =
        server.storage().disks().stream()
            .map(disk -> "%s %d GB".formatted(disk.name(), disk.sizeGb()))
            .collect(Collectors.joining(", "));
    String fallbacks =
        server.size().fallbacks().stream()
            .map(BirthPlanner::fallback)
            .collect(Collectors.joining(", then "));
    return text
        + (volumes.isEmpty() ? "" : ", volumes " + volumes)
        + (fallbacks.isEmpty() ? "" : "; without capacity " + fallbacks);
  }

  private static String fallback(Fallback fallback) {
    String plan = fallback.plan() == null ? "" : "plan " + fallback.plan();
    String zone = fallback.zone() == null ? "" : "zone " + fallback.zone();
    return plan.isEmpty() || zone.isEmpty() ? plan + zone : plan + " in " + zone;
  }
}
