package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Cost;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who approves a plan approves its price: until it is begun, another price asks again. */
class PricedApprovalTest {
  private static final String TWO =
      """
      operations:
      - {name: web, server: {plan: small}}
      - {name: db, dependsOn: [{name: web}], server: {plan: small}}
      """;

  private final Scene scene = new Scene();

  @BeforeEach
  void aPlanIsShownWithItsPrice() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    each("5.00");
    scene.apply(TWO).settle();
    assertThat(scene.status.orElseThrow().plan().cost().monthly()).isEqualTo("10.00");
  }

  @Test
  void anotherPriceAfterTheApprovalAsksAgainAndStartsNothing() {
    String cheap = hash();
    each("50.00");
    approve(cheap).settle();
    assertThat(scene.world.things).isEmpty();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(scene.condition("Ready").message()).endsWith("approve-plan=" + hash());
    assertThat(hash()).isNotEqualTo(cheap);
    approve(hash()).settle();
    assertSucceeded();
  }

  @Test
  void theSamePriceIsCarriedOut() {
    approve(hash()).settle();
    assertSucceeded();
  }

  @Test
  void anApprovedPlanThatWaitsForItsTurnIsNotBegun() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.of(1));
    scene.others = List.of(new Surroundings.Other("earlier", "uid-earlier", 1, 0, true, true));
    approve(hash()).settle();
    assertThat(scene.world.things).isEmpty();
    each("50.00");
    scene.others = List.of();
    scene.settle();
    assertThat(scene.world.things).isEmpty();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void halfWayAnotherPriceChangesNothing() {
    approve(hash()).pass();
    each("50.00");
    scene.settle();
    assertSucceeded();
  }

  private void assertSucceeded() {
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  private String hash() {
    return scene.status.orElseThrow().plan().hash();
  }

  private Scene approve(String hash) {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, hash);
    return scene;
  }

  private void each(String monthly) {
    Cost cost = new Cost(null, monthly, "EUR");
    scene.prices =
        Map.of(
            new ChildRef(ChildKind.Server, "web"),
            cost,
            new ChildRef(ChildKind.Server, "db"),
            cost);
  }
}
