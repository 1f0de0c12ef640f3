package dev.provisioning.planning.workflow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.cluster.ClusterAction;
import dev.provisioning.planning.cluster.Forecast;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Cluster that an operation makes will do: the lines of the plan that it will have. */
record ClusterLines(Outlook outlook) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** One line; {@code about} tells it from the others of the operation. */
  record Line(String about, String name, String description, boolean destructive) {}

  /** Nothing of a spec that the API server would refuse. */
  List<Line> of(String cluster, Map<String, Object> made) {
    ClusterSpec spec;
    try {
      spec = JSON.convertValue(made, ClusterSpec.class);
    } catch (IllegalArgumentException refused) {
      return List.of();
    }
    Plan<ClusterAction> plan = Forecast.of(cluster, spec, definition(spec), outlook.definitions());
    return plan.actions().isEmpty()
        ? plan.blocker().map(why -> unknown(cluster, why)).stream().toList()
        : plan.actions().stream().map(ClusterLines::line).toList();
  }

  private Answer<Optional<ClusterDefinitionSpec>> definition(ClusterSpec spec) {
    if (spec.definition() == null) {
      return Answer.of(Optional.empty());
    }
    ClusterDefinitionSpec known = outlook.clusterDefinitions().get(spec.definition());
    return known == null
        ? Answer.unknown(
            new Failure.Waiting(
                "DefinitionNotFound",
                "there is no ClusterDefinition %s yet".formatted(spec.definition()),
                AGAIN))
        : Answer.of(Optional.of(known));
  }

  private static Line unknown(String cluster, Failure why) {
    return new Line(
        "forecast",
        "PlanCluster",
        "what Cluster %s makes cannot be told: %s".formatted(cluster, why.message()),
        false);
  }

  private static Line line(ClusterAction action) {
    return new Line(action.key(), action.name(), action.description(), action.destructive());
  }
}
