package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The script by which Argo CD understands our kinds, over all states that they can be in. */
class ArgoHealthTest {
  private static final Path CONFIG =
      Catalogue.repository().resolve("samples/gitops/argocd/argocd-cm.yaml");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no status                | {metadata: {generation: 1}, spec: {}} | Progressing",
        "fresh                    | {metadata: {generation: 1}, spec: {}, status: {observedGeneration: -1}} | Progressing",
        "ready                    | {metadata: {generation: 2}, spec: {}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True', message: m}]}} | Healthy",
        "ready of an older spec   | {metadata: {generation: 3}, spec: {}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}} | Progressing",
        "ready and at work        | {metadata: {generation: 2}, spec: {}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True'}, {type: Reconciling, status: 'True', reason: Progressing}]}} | Progressing",
        "stalled                  | {metadata: {generation: 2}, spec: {}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'False', message: m}, {type: Stalled, status: 'True'}]}} | Degraded",
        "waits for an approval    | {metadata: {generation: 2}, spec: {}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'False', reason: ApprovalRequired}, {type: Reconciling, status: 'True', reason: ApprovalRequired}]}} | Suspended",
        "suspended                | {metadata: {generation: 2}, spec: {suspend: true}, status: {observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}} | Suspended"
      })
  void theHealthIsWhatTheConditionsSay(String state, String object, String health) {
    LuaTable answer = ask(Catalogue.yaml(object));
    assertThat(answer.get("status").tojstring()).as(state).isEqualTo(health);
    assertThat(answer.get("message").tojstring()).isNotBlank();
  }

  private static LuaTable ask(JsonNode object) {
    JsonNode config = Catalogue.yaml(Catalogue.text(CONFIG));
    JsonNode rules = Catalogue.yaml(config.at("/data/resource.customizations").asText());
    var globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(object));
    return globals
        .load(rules.get("provisioning.dev/*").get("health.lua").asText())
        .call()
        .checktable();
  }

  private static LuaValue lua(JsonNode node) {
    if (node.isObject()) {
      var table = new LuaTable();
      node.properties().forEach(p -> table.set(p.getKey(), lua(p.getValue())));
      return table;
    }
    if (node.isArray()) {
      var table = new LuaTable();
      for (int i = 0; i < node.size(); i++) {
        table.set(i + 1, lua(node.get(i)));
      }
      return table;
    }
    if (node.isNumber()) {
      return LuaValue.valueOf(node.asInt());
    }
    return node.isBoolean() ? LuaValue.valueOf(node.asBoolean()) : LuaValue.valueOf(node.asText());
  }
}
