package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.controllers.engine.Observer;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.taskserv.MemberFacts;
import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.planning.taskserv.TaskServInput;
import dev.provisioning.planning.taskserv.TaskServNeeds;
import dev.provisioning.planning.taskserv.TaskServPlanner;
import dev.provisioning.planning.taskserv.World;
import dev.provisioning.spi.ProviderException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a TaskServ needs, in two steps: what is around it, from caches; then from machines and
 * Secrets just what the planner asks for.
 */
final class TaskServObserver implements Observer<TaskServ, TaskServInput> {
  private final Sight sight;
  private final Waker<TaskServ> waker;

  TaskServObserver(Sight sight, Waker<TaskServ> waker) {
    this.sight = sight;
    this.waker = waker;
  }

  /** Everything that can be looked at. */
  record Sight(
      WorldObserver world,
      Caches caches,
      SecretMaterial secrets,
      MachineMemory memory,
      Lines lines,
      TaskServPlanner planner) {}

  @Override
  public TaskServInput observe(TaskServ taskServ, Ledger ledger, Instant now) {
    World around = sight.world().around(taskServ);
    TaskServInput base = input(taskServ, around, Map.of(), ledger, now);
    TaskServNeeds needs = sight.planner().needs(base);
    World full =
        new World(
            around.workspace(),
            around.workspaceProblem(),
            around.catalogue(),
            around.taskServs(),
            around.servers(),
            sight.secrets().fingerprints(taskServ.getMetadata().getNamespace(), needs.secrets()));
    return input(taskServ, full, members(taskServ, needs), ledger, now);
  }

  private static TaskServInput input(
      TaskServ taskServ,
      World world,
      Map<String, MemberFacts> members,
      Ledger ledger,
      Instant now) {
    return new TaskServInput(
        Refs.of(taskServ),
        taskServ.getSpec(),
        Optional.ofNullable(taskServ.getStatus()),
        world,
        members,
        ledger,
        now);
  }

  private Map<String, MemberFacts> members(TaskServ taskServ, TaskServNeeds needs) {
    Map<String, MemberFacts> facts = new HashMap<>();
    Set<MachineRef> asked = new HashSet<>();
    for (Server server : sight.caches().servers(taskServ.getMetadata().getNamespace())) {
      TaskServNeeds.Member wanted = needs.members().get(server.getMetadata().getName());
      if (wanted != null) {
        MachineRef about = MachineRef.of(taskServ, server);
        asked.add(about);
        facts.put(server.getMetadata().getName(), ask(taskServ, server, about, wanted));
      }
    }
    sight.memory().keepOnly(taskServ.getMetadata().getUid(), asked);
    return facts;
  }

  private MemberFacts ask(
      TaskServ taskServ, Server server, MachineRef about, TaskServNeeds.Member wanted) {
    ResourceID id = ResourceID.fromResource(taskServ);
    MachineMemory.Asker asker;
    try {
      asker = new MachineMemory.Asker(sight.lines().to(server), () -> waker.wake(id));
    } catch (ProviderException e) {
      return new MemberFacts(
          new Reading.Unreadable<>(e.failure()),
          new Reading.Unreadable<>(e.failure()),
          java.util.List.of());
    }
    MachineMemory memory = sight.memory();
    return new MemberFacts(
        wanted.applied() ? memory.applied(about, asker) : new Reading.Pending<>(),
        wanted
            .drift()
            .map(maxAge -> memory.drift(about, maxAge, asker))
            .orElseGet(Reading.Pending::new),
        memory.health(about, wanted.checks(), asker));
  }
}
