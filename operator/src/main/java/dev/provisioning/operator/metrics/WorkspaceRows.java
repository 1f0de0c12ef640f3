package dev.provisioning.operator.metrics;

import dev.provisioning.api.workspace.Limits;
import dev.provisioning.api.workspace.ProviderStatus;
import dev.provisioning.api.workspace.Usage;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.planning.workspace.Presets;
import io.micrometer.core.instrument.Tags;

/** Use, limits, cost and providers of Workspaces. What has no limit has no row of it. */
record WorkspaceRows(Gauges gauges) {
  private static final String USED = "provisioning_quota_used";
  private static final String LIMIT = "provisioning_quota_limit";
  private static final String COST = "provisioning_cost_monthly";
  private static final String COST_LIMIT = "provisioning_cost_limit_monthly";

  void add(Workspace workspace) {
    Tags place =
        Tags.of(
            "namespace",
            workspace.getMetadata().getNamespace(),
            "workspace",
            workspace.getMetadata().getName());
    limits(place, Presets.limits(workspace.getSpec()));
    if (workspace.getStatus() == null) {
      return;
    }
    if (workspace.getStatus().usage() != null) {
      used(place, workspace.getStatus().usage());
    }
    for (ProviderStatus provider : workspace.getStatus().providers()) {
      if (provider.ready() != null) {
        gauges.add(
            "provisioning_provider_up",
            place.and("provider", provider.name()),
            provider.ready() ? 1 : 0);
      }
    }
  }

  private void used(Tags place, Usage usage) {
    resource(USED, place, "servers", usage.servers());
    resource(USED, place, "cores", usage.cores());
    resource(USED, place, "memoryGb", usage.memoryGb());
    resource(USED, place, "storageGb", usage.storageGb());
    money(COST, place, usage.currency(), usage.monthlyCost());
  }

  private void limits(Tags place, Limits limits) {
    resource(LIMIT, place, "servers", limits.servers());
    resource(LIMIT, place, "cores", limits.cores());
    resource(LIMIT, place, "memoryGb", limits.memoryGb());
    resource(LIMIT, place, "storageGb", limits.storageGb());
    money(COST_LIMIT, place, limits.currency(), limits.monthlyCost());
  }

  private void resource(String name, Tags place, String resource, Integer amount) {
    if (amount != null) {
      gauges.add(name, place.and("resource", resource), amount);
    }
  }

  private void money(String name, Tags place, String currency, String amount) {
    if (amount != null) {
      String unit = currency == null ? "" : currency;
      gauges.add(name, place.and("currency", unit), Double.parseDouble(amount));
    }
  }
}
