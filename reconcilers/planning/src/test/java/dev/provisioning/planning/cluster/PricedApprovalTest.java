package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Cost;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who approves a plan approves its price: until it is begun, another price asks again. */
class PricedApprovalTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void aPlanIsShownWithItsPrice() {
    scene.workspace = new ClusterWorld.Workspace("acme", true, false, false, List.of());
    hourly("0.0100");
    scene.apply(Stories.SHOP).settle();
    assertThat(scene.status.plan().cost()).isEqualTo(new Cost("0.0200", "14.00", "EUR"));
  }

  @Test
  void anotherPriceAfterTheApprovalAsksAgainAndMakesNothing() {
    String cheap = scene.status.plan().hash();
    hourly("0.1000");
    approve(cheap).settle();
    assertThat(scene.world.servers).isEmpty();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(scene.condition("Ready").message())
        .endsWith("provisioning.dev/approve-plan=" + scene.status.plan().hash());
    assertThat(scene.status.plan().hash()).isNotEqualTo(cheap);
    assertThat(scene.status.plan().approved()).isFalse();
    approve(scene.status.plan().hash()).settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void theSamePriceIsCarriedOut() {
    approve(scene.status.plan().hash()).settle();
    assertThat(scene.ready()).isTrue();
  }

  @Test
  void halfWayAnotherPriceChangesNothing() {
    approve(scene.status.plan().hash()).pass();
    hourly("0.1000");
    scene.settle();
    assertThat(scene.ready()).isTrue();
  }

  private void hourly(String price) {
    scene.quotes.put("web", new Quote("small", "a", Optional.of(new Cost(price, "7.00", "EUR"))));
  }

  private Scene approve(String hash) {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, hash);
    return scene;
  }
}
