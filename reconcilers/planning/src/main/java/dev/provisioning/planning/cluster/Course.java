package dev.provisioning.planning.cluster;

import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.Rejected;
import dev.provisioning.api.cluster.Revision;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.planning.cluster.topology.TopologyDesign;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the Cluster is steered to: what the spec wants, or, when that failed and may be rolled
 * back, what worked before.
 *
 * <pre>
 *   wanted --all healthy--> lastGood
 *   wanted --a child that it touched is stalled, onFailure Rollback--> rejected: target = lastGood
 *   rejected --spec changes otherwise than in replicas, or a reconcile is requested--> wanted
 *   rejected --spec.replicas change--> rejected: target = lastGood with these replicas
 *   rejected --spec.replicas change, and nothing was good before--> wanted
 * </pre>
 *
 * What failed before anything was good is taken away, unless there may be data by then.
 */
record Course(
    Children wanted, Children target, Optional<Children> lastGood, Optional<Rejected> rejected) {

  /**
   * @throws dev.provisioning.planning.cluster.topology.TopologyInvalid when the spec makes no
   *     Cluster
   */
  static Course of(ClusterInput input) {
    Optional<ClusterDefinitionSpec> definition =
        input.world().definition().known().orElse(Optional.empty());
    Children wanted =
        children(
            input, definition, TopologyDesign.of(input.ref().name(), input.spec(), definition));
    Optional<Children> lastGood =
        Optional.ofNullable(input.status().lastGood())
            .map(Revision::topology)
            .map(Topology::of)
            .map(topology -> children(input, definition, topology));
    Course plain = new Course(wanted, wanted, lastGood, Optional.empty());
    if (wanted.onFailure() == OnFailure.Retain) {
      return plain;
    }
    Optional<Rejected> rejected =
        remembered(input, wanted, lastGood)
            .or(
                () ->
                    Touched.of(input, plain)
                        .failed(input)
                        .filter(child -> lastGood.isPresent() || !hasData(input))
                        .map(c -> reject(c, input, plain)));
    return rejected.isEmpty()
        ? plain
        : new Course(
            wanted,
            children(input, definition, back(lastGood, scaled(wanted, rejected.get()))),
            lastGood,
            rejected);
  }

  private static boolean hasData(ClusterInput input) {
    return input.world().taskServs().stream()
        .filter(TaskServChild::installed)
        .map(child -> input.world().services().get(child.spec().definition()))
        .anyMatch(definition -> definition == null || !definition.dataPaths().isEmpty());
  }

  /** What would be taken away as a creation that failed, and stays for the data. */
  Optional<ChildView> spared(ClusterInput input) {
    boolean creation = lastGood.isEmpty() && !rollsBack();
    return creation && wanted.onFailure() == OnFailure.Rollback
        ? Touched.of(input, this).failed(input)
        : Optional.empty();
  }

  private static Children children(
      ClusterInput input, Optional<ClusterDefinitionSpec> definition, Topology topology) {
    return new Children(input.ref().name(), input.spec(), definition, topology);
  }

  private static Topology back(Optional<Children> lastGood, Map<String, Integer> replicas) {
    return lastGood.map(Children::topology).orElse(Topology.NONE).scaled(replicas);
  }

  /** The pools that were scaled since the rejection, which says nothing against scaling. */
  private static Map<String, Integer> scaled(Children wanted, Rejected rejected) {
    Map<String, Integer> scaled = new TreeMap<>(wanted.topology().replicas());
    scaled
        .entrySet()
        .removeIf(
            pool ->
                pool.getValue()
                    .equals(rejected.replicas().getOrDefault(pool.getKey(), pool.getValue())));
    return scaled;
  }

  /** Empty where it is steered to what is wanted, or to exactly what worked before. */
  Map<String, Integer> scaledSince() {
    return rejected.map(one -> scaled(wanted, one)).orElse(Map.of());
  }

  /**
   * The rejected revision, scaled since then or not. Where it was good but for its replicas, or
   * nothing was good before, others are another try.
   */
  private static boolean same(Rejected rejected, Topology wanted, Optional<Children> lastGood) {
    return wanted.hash().equals(rejected.hash())
        || scalesWhatWorked(rejected, lastGood)
            && wanted.scaled(rejected.replicas()).hash().equals(rejected.hash());
  }

  private static boolean scalesWhatWorked(Rejected rejected, Optional<Children> lastGood) {
    return lastGood
        .map(good -> good.topology().scaled(rejected.replicas()).hash())
        .filter(onlyCounts -> !onlyCounts.equals(rejected.hash()))
        .isPresent();
  }

  /** Other replicas are no other try: what worked before is scaled. */
  boolean scalesWhatWorked() {
    return rejected.filter(one -> scalesWhatWorked(one, lastGood)).isPresent();
  }

  private static Optional<Rejected> remembered(
      ClusterInput input, Children wanted, Optional<Children> lastGood) {
    String request = input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null);
    boolean asked =
        request != null && !Objects.equals(request, input.status().lastHandledReconcileAt());
    return Optional.ofNullable(input.status().rejected())
        .filter(rejected -> !asked && same(rejected, wanted.topology(), lastGood));
  }

  private static Rejected reject(ChildView child, ClusterInput input, Course course) {
    return new Rejected(
        course.wanted().topology().hash(),
        child.title(),
        child.reason(),
        shortened(child.message()),
        input.now().truncatedTo(ChronoUnit.SECONDS),
        course.wanted().topology().replicas());
  }

  private static String shortened(String text) {
    return text.length() <= 1_000 ? text : text.substring(0, 1_000) + "…";
  }

  boolean rollsBack() {
    return rejected.isPresent();
  }

  /** It is given up in this pass: {@code status} does not say so yet. */
  boolean rejectedNow(ClusterStatus status) {
    return rejected.filter(one -> !one.equals(status.rejected())).isPresent();
  }

  /** The wanted revision is the one that {@code status} calls good. */
  boolean isLastGoodOf(ClusterStatus status) {
    return status.lastGood() != null && wanted.topology().hash().equals(status.lastGood().hash());
  }

  /** The wanted revision was reached before. */
  boolean reached() {
    return lastGood
        .filter(good -> good.topology().hash().equals(wanted.topology().hash()))
        .isPresent();
  }
}
