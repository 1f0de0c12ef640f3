package dev.provisioning.controllers.workflow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.Cost;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.server.Offers;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.server.Offer;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prices of the machines of a workflow, asked for only while somebody reads its plan. */
record MachinePrices(Informers informers, Offers offers) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  Map<ChildRef, Cost> of(BatchWorkflow workflow, Workspace workspace) {
    Map<ChildRef, Cost> prices = new HashMap<>();
    if (OutlookReader.isRead(workflow, workspace)) {
      WorkflowNeeds.machines(workflow.getSpec())
          .forEach(
              (ref, wish) ->
                  spec(workflow, ref, wish)
                      .flatMap(spec -> offers.of(workspace, spec))
                      .flatMap(Offer::cost)
                      .ifPresent(cost -> prices.put(ref, cost)));
    }
    return prices;
  }

  /** Empty for what the API server would refuse anyway. */
  private Optional<ServerSpec> spec(
      BatchWorkflow workflow, ChildRef ref, Map<String, Object> wish) {
    Map<String, Object> before =
        informers
            .server(workflow.getMetadata().getNamespace(), ref.name())
            .map(Server::getSpec)
            .map(ChildSight::plain)
            .orElse(Map.of());
    Map<String, Object> merged =
        EffectiveConfig.merge(List.of(new Layer("before", before), new Layer("operation", wish)))
            .values();
    try {
      return Optional.of(JSON.convertValue(merged, ServerSpec.class));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
