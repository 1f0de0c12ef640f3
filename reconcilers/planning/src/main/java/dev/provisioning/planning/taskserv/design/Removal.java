package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.bundle.SealedBundle;
import dev.provisioning.planning.taskserv.Applied;
import dev.provisioning.planning.taskserv.OperationKind;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes off a machine what its applied state recorded. It needs no valid spec and no definition, so
 * that a deletion is never stuck on either; the definition's own steps run when it is there.
 */
public record Removal(
    String taskServ,
    String definitionName,
    String workspace,
    Optional<TaskServDefinitionSpec> definition,
    Optional<JsonNode> config,
    DataPolicy dataPolicy,
    Duration stepTimeout) {

  /** {@code others} are the members that stay, if any. */
  public Bundle bundle(Applied applied, ServerFacts server, String role, Optional<Members> others) {
    List<Step> steps = new ArrayList<>();
    if (!applied.units().isEmpty()) {
      steps.add(OwnSteps.stop());
    }
    Members.Member member = new Members.Member(server, role, 0, false);
    definition.ifPresent(
        d ->
            d.uninstall().stream()
                .filter(s -> Design.plays(member, s.role(), s.runOn()))
                .forEach(s -> steps.add(Operations.script(s, stepTimeout, true))));
    if (!applied.packages().isEmpty()) {
      steps.add(OwnSteps.removePackages());
    }
    List<String> files = new ArrayList<>(applied.files());
    files.add(Operations.versionFile(taskServ));
    steps.add(OwnSteps.removeFiles(files));
    if (dataPolicy == DataPolicy.Delete && !applied.dataPaths().isEmpty()) {
      steps.add(OwnSteps.deleteData());
    }
    return SealedBundle.of(
        new Bundle(
            "",
            taskServ,
            List.of(),
            steps,
            environment(applied, member, others),
            Optional.empty()));
  }

  private Map<String, String> environment(
      Applied applied, Members.Member member, Optional<Members> others) {
    ScriptEnvironment environment = new ScriptEnvironment();
    environment.put("TASKSERV", taskServ).put("DEFINITION", definitionName);
    environment.put("WORKSPACE", workspace);
    environment.put("OPERATION_KIND", OperationKind.UNINSTALL.word());
    environment.put("VERSION", applied.version()).put("PREVIOUS_VERSION", "");
    environment.put("PACKAGES", String.join(" ", applied.packages()));
    environment.put("UNITS", String.join(" ", applied.units()));
    environment.put("DATA_PATHS", String.join("\n", applied.dataPaths()));
    environment.put("DATA_POLICY", dataPolicy);
    environment.put("HOME", "/opt/provisioning/" + taskServ + "/" + applied.version());
    environment.put("ROLE", member.role()).put("LEADER", false);
    environment.put("LEADER_NAME", others.map(m -> m.leader().name()).orElse(""));
    environment.put(
        "LEADER_ADDRESS", others.map(m -> Members.addressOf(m.leader().server())).orElse(""));
    member
        .selfVariables()
        .forEach(
            (name, value) -> environment.put("SERVER_" + ScriptEnvironment.upper(name), value));
    return environment.config(config.orElseGet(JsonNodeFactory.instance::objectNode)).values();
  }
}
