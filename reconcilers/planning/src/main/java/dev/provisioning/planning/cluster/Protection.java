package dev.provisioning.planning.cluster;

import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.ClusterAction.DeleteServer;
import dev.provisioning.planning.cluster.ClusterAction.DeleteTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Against deletions that did not come through the Cluster's own order: the garbage collector's, and
 * people's. Children carry the Cluster's word; its own deletions take it off each child first.
 */
final class Protection {
  static final String REASON = "DeletionProtected";

  private Protection() {}

  /** The own word, or else the Workspace's. */
  static boolean holds(Boolean own, ClusterWorld world) {
    return own != null
        ? own
        : world.workspace().known().filter(ClusterWorld.Workspace::deletionProtection).isPresent();
  }

  /** A child that is asked to go and is protected stays, though no deletion can be taken back. */
  static ClusterWorld heeded(ClusterWorld world) {
    return new ClusterWorld(
        world.workspace(),
        world.definition(),
        world.services(),
        world.servers().stream()
            .map(
                child ->
                    holds(child.spec().deletionProtection(), world)
                        ? new ServerChild(staying(child.ref()), child.spec(), child.status())
                        : child)
            .toList(),
        world.taskServs().stream()
            .map(
                child ->
                    holds(child.spec().deletionProtection(), world)
                        ? new TaskServChild(staying(child.ref()), child.spec(), child.status())
                        : child)
            .toList(),
        world.taken(),
        world.quotes());
  }

  private static ResourceRef staying(ResourceRef ref) {
    return new ResourceRef(
        ref.kind(),
        ref.namespace(),
        ref.name(),
        ref.uid(),
        ref.generation(),
        ref.createdAt(),
        Optional.empty(),
        ref.labels(),
        ref.annotations());
  }

  /** For the children that {@code actions} let live. */
  static List<ClusterAction> changes(ClusterInput input, List<ClusterAction> actions) {
    Set<String> going = new HashSet<>();
    for (ClusterAction action : actions) {
      if (action instanceof DeleteServer || action instanceof DeleteTaskServ) {
        going.add(action.key());
      }
    }
    Stream<ClusterAction> servers =
        input.world().servers().stream()
            .filter(child -> !going.contains(ClusterAction.serverKey(child.name())))
            .flatMap(child -> change(input, child, child.spec().deletionProtection()).stream());
    Stream<ClusterAction> taskServs =
        input.world().taskServs().stream()
            .filter(child -> !going.contains(ClusterAction.taskServKey(child.name())))
            .flatMap(child -> change(input, child, child.spec().deletionProtection()).stream());
    return Stream.concat(servers, taskServs).toList();
  }

  private static Optional<ClusterAction> change(ClusterInput input, ChildView child, Boolean own) {
    Boolean wanted = input.spec().deletionProtection();
    if (child.ref().deleting() || Objects.equals(own, wanted)) {
      return Optional.empty();
    }
    String what =
        wanted == null
            ? "leave it to the Workspace whether %s is protected"
            : wanted ? "protect %s from deletion" : "protect %s no more";
    return Optional.of(
        new ProtectChild(child.ref().kind(), child.name(), wanted, what.formatted(child.title())));
  }
}
