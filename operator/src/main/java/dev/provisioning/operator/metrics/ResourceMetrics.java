package dev.provisioning.operator.metrics;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.engine.Fence;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the statuses of all resources are together, counted anew at each {@link #refresh}. Labels
 * are kinds, namespaces, Workspaces, phases and reasons: never the name of a Server or a message.
 * Only a leader tells, or two operators would count each resource twice.
 */
public final class ResourceMetrics {
  private static final String APPROVAL_REQUIRED = "ApprovalRequired";

  private final Supplier<Stream<? extends HasMetadata>> resources;
  private final Fence leads;
  private final Gauges gauges;
  private final InstantSource clock;
  private volatile double approvalOldest;

  /** {@code resources} gives those of every kind, from memory. */
  public ResourceMetrics(
      Supplier<Stream<? extends HasMetadata>> resources,
      Fence leads,
      MeterRegistry meters,
      InstantSource clock) {
    this.resources = resources;
    this.leads = leads;
    this.gauges = new Gauges(meters);
    this.clock = clock;
    Gauge.builder("provisioning_approval_oldest_seconds", this, all -> all.approvalOldest)
        .register(meters);
  }

  /** Counts once; cheap enough for every few seconds. */
  public void refresh() {
    List<HasMetadata> all = new ArrayList<>();
    if (leads.holds()) {
      resources.get().forEach(all::add);
    }
    List<Told> told = all.stream().flatMap(one -> Told.by(one).stream()).toList();
    told(told);
    WorkspaceRows rows = new WorkspaceRows(gauges);
    all.stream().filter(Workspace.class::isInstance).map(Workspace.class::cast).forEach(rows::add);
    approvalOldest = told.stream().mapToDouble(this::awaitingApproval).max().orElse(0);
    gauges.publish();
  }

  private void told(List<Told> all) {
    for (Told one : all) {
      Tags place = Tags.of("kind", one.kind(), "namespace", one.namespace());
      gauges.add("provisioning_resources", place.and("phase", one.phase()), 1);
      stalled(one)
          .forEach(
              why ->
                  gauges.add(
                      "provisioning_resources_stalled", place.and("reason", why.reason()), 1));
      gauges.add("provisioning_drift_fields", place, one.drift());
      if (one.updateAvailable()) {
        gauges.add("provisioning_updates_available", Tags.of("namespace", one.namespace()), 1);
      }
    }
  }

  private static Stream<Condition> stalled(Told one) {
    return Conditions.find(one.conditions(), Conditions.STALLED).stream()
        .filter(condition -> condition.status() == ConditionStatus.True);
  }

  private double awaitingApproval(Told one) {
    ToDoubleFunction<Condition> age =
        c -> Duration.between(c.lastTransitionTime(), clock.instant()).toMillis() / 1e3;
    return Conditions.find(one.conditions(), Conditions.RECONCILING).stream()
        .filter(condition -> condition.reason().equals(APPROVAL_REQUIRED))
        .mapToDouble(age)
        .findFirst()
        .orElse(0);
  }
}
