package dev.provisioning.planning.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workspace.LimitsBuilder;
import dev.provisioning.api.workspace.PolicyBuilder;
import dev.provisioning.api.workspace.WorkspaceMode;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.api.workspace.WorkspaceStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.workspace.WorkspaceInput.ProviderFact;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Probe;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkspaceDecisionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ProviderFact GOOD =
      new ProviderFact("local", Optional.of(Probe.ok("fine")), List.of());
  private static final ProviderFact BROKEN =
      new ProviderFact(
          "cloud",
          Optional.of(Probe.failed(new Failure.Denied("CredentialsInvalid", "401"))),
          List.of());

  private static WorkspaceSpec spec() {
    return WorkspaceSpecBuilder.builder().build();
  }

  private static WorkspaceInput input(
      boolean deleting, List<ProviderFact> providers, List<String> residents) {
    ResourceRef ref =
        new ResourceRef(
            "Workspace",
            "acme",
            "acme",
            "u1",
            3,
            NOW,
            deleting ? Optional.of(NOW) : Optional.empty(),
            Map.of(),
            Map.of());
    return new WorkspaceInput(
        ref,
        spec(),
        Optional.empty(),
        providers,
        residents,
        Amounts.NONE,
        true,
        Duration.ofMinutes(5),
        Ledger.empty(),
        NOW);
  }

  private static List<Condition> told(WorkspaceInput input) {
    Plan<WorkspaceAction> plan = new WorkspacePlanner().plan(input);
    return new WorkspaceProjector().project(input, plan).status().conditions();
  }

  private static Condition condition(List<Condition> all, String type) {
    return Conditions.find(all, type).orElseThrow();
  }

  @Test
  void a_workspace_whose_providers_answer_is_ready() {
    List<Condition> told = told(input(false, List.of(GOOD), List.of()));
    assertThat(condition(told, "Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(told)
        .extracting(Condition::type)
        .containsExactly("Ready", "ProvidersReady", "WithinLimits");
  }

  @Test
  void a_broken_provider_is_named() {
    List<Condition> told = told(input(false, List.of(GOOD, BROKEN), List.of()));
    assertThat(condition(told, "ProvidersReady").reason()).isEqualTo("CredentialsInvalid");
    assertThat(condition(told, "Ready").message())
        .isEqualTo("provider cloud: 401; checked again in 30 s");
  }

  @Test
  void a_workspace_with_something_in_it_is_not_let_go() {
    WorkspaceInput input = input(true, List.of(GOOD), List.of("Server web-01", "TaskServ redis"));
    assertThat(new WorkspacePlanner().plan(input).front()).isEmpty();
    assertThat(condition(told(input), "Ready").message())
        .isEqualTo(
            "Workspace acme cannot be deleted while these are in it: Server web-01, TaskServ redis;"
                + " delete them first");
  }

  @Test
  void an_empty_workspace_is_let_go() {
    assertThat(new WorkspacePlanner().plan(input(true, List.of(GOOD), List.of())).front())
        .containsExactly(new WorkspaceAction.Release());
  }

  @Test
  void the_same_facts_give_the_same_status() {
    WorkspaceInput first = input(false, List.of(GOOD), List.of());
    WorkspaceStatus status =
        new WorkspaceProjector().project(first, new WorkspacePlanner().plan(first)).status();
    WorkspaceInput later =
        new WorkspaceInput(
            first.ref(),
            first.spec(),
            Optional.of(status),
            first.providers(),
            first.residents(),
            first.uses(),
            true,
            first.providerCheck(),
            first.ledger(),
            NOW.plusSeconds(600));
    assertThat(new WorkspaceProjector().project(later, new WorkspacePlanner().plan(later)).status())
        .isEqualTo(status);
  }

  @Test
  void presets_fill_in_what_the_user_leaves_out() {
    WorkspaceSpec strict =
        spec()
            .with(
                s ->
                    s.mode(WorkspaceMode.Enterprise)
                        .limits(LimitsBuilder.builder().servers(3).build())
                        .policy(PolicyBuilder.builder().requireApproval(false).build()));
    assertThat(Presets.limits(strict).servers()).isEqualTo(3);
    assertThat(Presets.limits(strict).cores()).isEqualTo(64);
    assertThat(Presets.policy(strict).requireApproval()).isFalse();
    assertThat(Presets.policy(strict).certifiedProvidersOnly()).isTrue();
    assertThat(Presets.limits(spec()).servers()).isNull();
  }

  @Test
  void a_demand_beyond_a_limit_is_refused_in_one_sentence() {
    Amounts uses = new Amounts(9, 18, 36, 225, BigDecimal.ZERO);
    Amounts one = new Amounts(1, 2, 4, 25, BigDecimal.ZERO);
    QuotaCheck check =
        new QuotaCheck("acme", LimitsBuilder.builder().servers(10).build(), uses, one);
    assertThat(check.refuses(one))
        .map(Failure::message)
        .contains("quota servers: acme allows 10, uses 9, reserved 1, requested 1");
    assertThat(new QuotaCheck("acme", check.limits(), uses, Amounts.NONE).refuses(one)).isEmpty();
  }

  @Test
  void the_workspace_of_a_resource_is_named_or_the_only_one() {
    assertThat(WorkspaceChoice.of(null, List.of("acme"), "ns"))
        .isEqualTo(new WorkspaceChoice.Chosen("acme"));
    assertThat(message(WorkspaceChoice.of(null, List.of(), "ns")))
        .isEqualTo("namespace ns has no Workspace; create one");
    assertThat(message(WorkspaceChoice.of(null, List.of("a", "b"), "ns")))
        .isEqualTo("namespace ns has several Workspaces; set spec.workspace to one of: a, b");
    assertThat(message(WorkspaceChoice.of("c", List.of("a"), "ns")))
        .isEqualTo("Workspace c does not exist in namespace ns; there are: a");
  }

  private static String message(WorkspaceChoice choice) {
    return ((WorkspaceChoice.Undecided) choice).why().message();
  }
}
