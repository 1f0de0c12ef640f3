package dev.provisioning.planning.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workspace.LimitsBuilder;
import dev.provisioning.api.workspace.MaintenanceWindow;
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

  private static WorkspaceInput after(WorkspaceInput input, List<ProviderFact> providers) {
    WorkspaceStatus last =
        new WorkspaceProjector().project(input, new WorkspacePlanner().plan(input)).status();
    return new WorkspaceInput(
        input.ref(),
        input.spec(),
        Optional.of(last),
        providers,
        input.residents(),
        input.uses(),
        input.loginKey(),
        input.providerCheck(),
        input.ledger(),
        input.now().plusSeconds(60));
  }

  @Test
  void another_operator_is_no_news_about_the_providers() {
    ProviderFact unasked = new ProviderFact("local", Optional.empty(), List.of());
    WorkspaceInput ready = input(false, List.of(GOOD), List.of());
    WorkspaceInput restarted = after(ready, List.of(unasked));
    assertThat(told(restarted)).isEqualTo(told(ready));
    assertThat(condition(told(restarted), "Ready").status()).isEqualTo(ConditionStatus.True);
    WorkspaceInput failed = after(restarted, List.of(BROKEN));
    assertThat(condition(told(failed), "Ready").status()).isEqualTo(ConditionStatus.False);
    WorkspaceInput unknown = input(false, List.of(unasked), List.of());
    assertThat(condition(told(unknown), "Ready").reason()).isEqualTo("CheckingProviders");
  }

  @Test
  void a_time_zone_that_does_not_exist_is_refused_with_its_path() {
    WorkspaceSpec spec =
        spec()
            .withPolicy(
                PolicyBuilder.builder()
                    .maintenanceWindows(
                        List.of(new MaintenanceWindow("0 2 * * *", "1h", "Europe/Madird")))
                    .build());
    WorkspaceInput all = input(false, List.of(GOOD), List.of());
    WorkspaceInput input =
        new WorkspaceInput(
            all.ref(),
            spec,
            Optional.empty(),
            all.providers(),
            List.of(),
            Amounts.NONE,
            true,
            all.providerCheck(),
            Ledger.empty(),
            NOW);
    assertThat(condition(told(input), "Stalled").message())
        .isEqualTo(
            "spec.policy.maintenanceWindows[0].timeZone: there is no time zone Europe/Madird; did"
                + " you mean Europe/Madrid?");
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
  void a_failed_action_waits_out_its_pause_in_every_pass_and_process_and_starts_then() {
    Failure refused = new Failure.Transient("ApiServerError", "503", Duration.ofSeconds(10));
    Ledger failed = new Ledger(Map.of(), Map.of("login-key", new Ledger.Failed(NOW, refused)));
    WorkspaceInput first = keyless(spec(), Optional.empty(), failed, NOW);
    assertThat(new WorkspacePlanner().plan(first).front()).isEmpty();
    WorkspaceStatus status =
        new WorkspaceProjector().project(first, new WorkspacePlanner().plan(first)).status();
    assertThat(condition(status.conditions(), "Ready").message())
        .isEqualTo("503; next try at 2026-01-01T00:00:10Z");

    WorkspaceInput soon = keyless(spec(), Optional.of(status), Ledger.empty(), NOW.plusSeconds(3));
    assertThat(new WorkspacePlanner().plan(soon).front()).isEmpty();
    assertThat(new WorkspacePlanner().plan(soon).recheckAfter()).contains(Duration.ofSeconds(7));
    WorkspaceInput late = keyless(spec(), Optional.of(status), Ledger.empty(), NOW.plusSeconds(10));
    assertThat(new WorkspacePlanner().plan(late).front())
        .containsExactly(new WorkspaceAction.MakeLoginKey("acme-ssh"));
  }

  @Test
  void a_suspended_workspace_says_what_it_would_do_and_does_nothing() {
    WorkspaceInput input = keyless(spec().withSuspend(true), Optional.empty(), Ledger.empty(), NOW);
    assertThat(new WorkspacePlanner().plan(input).front()).isEmpty();
    assertThat(told(input))
        .extracting(Condition::type, Condition::reason)
        .contains(tuple("Ready", "Suspended"), tuple("Suspended", "Suspended"))
        .doesNotContain(tuple("Reconciling", "Suspended"));
  }

  private static WorkspaceInput keyless(
      WorkspaceSpec spec, Optional<WorkspaceStatus> status, Ledger ledger, Instant now) {
    WorkspaceInput input = input(false, List.of(GOOD), List.of());
    return new WorkspaceInput(
        input.ref(),
        spec,
        status,
        input.providers(),
        List.of(),
        input.uses(),
        false,
        input.providerCheck(),
        ledger,
        now);
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
        .contains(
            "quota servers: acme allows 10, uses 9, reserved 1, requested 1; it goes on when there is room: raise spec.limits.servers of Workspace acme or delete a Server");
    assertThat(new QuotaCheck("acme", check.limits(), uses, Amounts.NONE).refuses(one)).isEmpty();
  }

  @Test
  void the_workspace_of_a_resource_is_named_or_the_only_one() {
    assertThat(WorkspaceChoice.of(null, List.of("acme"), "ns"))
        .isEqualTo(new WorkspaceChoice.Chosen("acme"));
    assertThat(message(WorkspaceChoice.of(null, List.of(), "ns")))
        .isEqualTo("namespace ns has no Workspace; create one, and this goes on");
    assertThat(message(WorkspaceChoice.of(null, List.of("a", "b"), "ns")))
        .isEqualTo("namespace ns has several Workspaces; set spec.workspace to one of: a, b");
    assertThat(message(WorkspaceChoice.of("c", List.of("a"), "ns")))
        .isEqualTo(
            "Workspace c does not exist in namespace ns; there are: a; name one of these, or create it");
  }

  private static String message(WorkspaceChoice choice) {
    return ((WorkspaceChoice.Undecided) choice).why().message();
  }
}
