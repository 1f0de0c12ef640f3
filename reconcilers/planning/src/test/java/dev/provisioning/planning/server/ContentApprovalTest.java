package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Protocol;
import dev.provisioning.api.SecretRef;
import dev.provisioning.api.SshSpecBuilder;
import dev.provisioning.api.server.FirewallRule;
import dev.provisioning.api.server.FirewallRuleBuilder;
import dev.provisioning.api.server.NetworkSpecBuilder;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.UserData;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.simulated.SimulatedSettings;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who approves a plan approves all that it does, also what its sentences leave out. */
class ContentApprovalTest {
  private final World world = new World(SimulatedSettings.instant());

  @BeforeEach
  void aPlanIsShown() {
    world.policy = new WorkspaceView.Policy(false, true, false, List.of(), List.of());
    world.settle();
  }

  static Stream<UnaryOperator<ServerSpec>> edits() {
    return Stream.of(
        s -> s.withUserData(new UserData(new SecretRef("other", "userData"))),
        s ->
            s.withSsh(
                SshSpecBuilder.builder().authorizedKeys(List.of("ssh-ed25519 AAAA x")).build()),
        s -> s.withNetwork(NetworkSpecBuilder.builder().firewall(List.of(open())).build()),
        s -> s.withTags(Map.of("team", "other")));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void anEditAfterTheReadingAsksAgainAndMakesNothing(UnaryOperator<ServerSpec> edit) {
    String read = world.status.plan().hash();
    world.edit(edit);
    world.annotations.put(ResourceRef.APPROVE_PLAN, read);
    world.settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    world.annotations.put(ResourceRef.APPROVE_PLAN, world.status.plan().hash());
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  private static FirewallRule open() {
    return FirewallRuleBuilder.builder().protocol(Protocol.Tcp).ports("1-65535").build();
  }
}
