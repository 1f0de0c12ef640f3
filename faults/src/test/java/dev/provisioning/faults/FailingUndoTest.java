package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An undo that cannot be done: the rollback stops with a clear state, whoever is killed. */
@Tag("faults")
class FailingUndoTest {
  private static final String KEPT = "op-04";

  @Test
  void a_failing_undo_stops_the_rollback_until_a_person_has_it_tried_again() throws Exception {
    try (Stage stage =
        Site.stage(new ThirtyOperations(), Site.launch("workflow/undo", Kills.NONE, ""))) {
      stage.begin();
      stage.untilReady();
      taken(stage, true);
      order(stage, "{\"spec\":{\"rollback\":{\"requested\":true}}}");
      stage.until("the rollback fails", () -> phase(stage).equals("Failed"));
      String said = sentence(stage);
      assertThat(said)
          .isEqualTo(
              "the undo of op-04 failed: Server op-04 belongs to Workspace acme: change it there;"
                  + " a new resume.token tries it again");

      stage.operator.kill();
      stage.until("another operator looks", () -> stage.operator.looked(1));
      new Oracle(stage).stable();
      assertThat(sentence(stage)).isEqualTo(said);
      assertThat(phases(stage))
          .containsEntry(KEPT, "Succeeded")
          .containsEntry("op-01", "Succeeded");
      assertThat(phases(stage)).containsEntry("op-07", "RolledBack");
      assertThat(stage.resources.list("Server")).isNotEmpty();

      taken(stage, false);
      order(stage, "{\"spec\":{\"resume\":{\"token\":\"again\"}}}");
      stage.until("all is taken back", () -> phase(stage).equals("RolledBack"));
      assertThat(stage.resources.list("Server"))
          .extracting(server -> server.getMetadata().getName())
          .containsExactly("given"); // which was there before
      stage.resources.delete("Server");
      stage.until("that is gone too", () -> stage.resources.list("Server").isEmpty());
      stage.witness.afterFall(stage);
    }
  }

  /** Whether a machine of the workflow belongs to somebody else, who alone may end it. */
  private static void taken(Stage stage, boolean taken) {
    String uid = stage.resources.list("Workspace").getFirst().getMetadata().getUid();
    String owner =
        "{\"apiVersion\":\"provisioning.dev/v1alpha1\",\"kind\":\"Workspace\",\"name\":\"acme\","
            + "\"uid\":\"%s\",\"controller\":true}".formatted(uid);
    stage.resources.merge(
        "Server",
        KEPT,
        "{\"metadata\":{\"ownerReferences\":%s}}".formatted(taken ? "[" + owner + "]" : "null"));
  }

  private static void order(Stage stage, String patch) {
    stage.resources.merge("BatchWorkflow", "roll-out", patch);
  }

  private static GenericKubernetesResource workflow(Stage stage) {
    return stage.resources.list("BatchWorkflow").getFirst();
  }

  private static String phase(Stage stage) {
    return workflow(stage).get("status", "phase");
  }

  private static String sentence(Stage stage) {
    List<Map<String, Object>> conditions = workflow(stage).get("status", "conditions");
    return conditions.stream()
        .filter(c -> "Stalled".equals(c.get("type")) && "RollbackFailed".equals(c.get("reason")))
        .map(c -> c.get("message").toString())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> phases(Stage stage) {
    List<Map<String, Object>> operations = workflow(stage).get("status", "operations");
    Map<String, Object> all = new java.util.TreeMap<>();
    operations.forEach(o -> all.put(o.get("name").toString(), o.get("phase")));
    return all;
  }
}
