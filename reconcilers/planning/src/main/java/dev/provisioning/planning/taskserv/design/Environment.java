package dev.provisioning.planning.taskserv.design;

import dev.provisioning.planning.taskserv.OperationKind;
import dev.provisioning.planning.taskserv.design.Blueprint.ExportValue;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The environment of the scripts on one machine. {@code previousVersion}: of an upgrade. */
record Environment(Design design, Optional<String> previousVersion) {
  /** What depends on who else is there. */
  Map<String, String> ofMembers() {
    Members members = design.blueprint().members();
    Members.Member member = design.member();
    ScriptEnvironment environment = new ScriptEnvironment();
    environment.put("ROLE", member.role()).put("LEADER", member.leader());
    environment.put("LEADER_NAME", members.leader().name());
    environment.put("LEADER_ADDRESS", Members.addressOf(members.leader().server()));
    environment.put("MEMBER_INDEX", member.index()).put("MEMBER_COUNT", members.all().size());
    environment.put(
        "MEMBERS",
        members.all().stream()
            .map(m -> m.name() + " " + Members.addressOf(m.server()) + " " + m.role())
            .map(String::strip)
            .collect(Collectors.joining("\n")));
    design
        .blueprint()
        .exports()
        .forEach(
            (name, value) -> {
              if (value instanceof ExportValue.Plain plain) {
                environment.put("EXPORT_" + ScriptEnvironment.upper(name), plain.value());
              }
            });
    return environment.values();
  }

  Map<String, String> of(OperationKind kind) {
    Blueprint blueprint = design.blueprint();
    ScriptEnvironment environment = new ScriptEnvironment();
    ofMembers()
        .forEach((n, v) -> environment.put(n.substring(ScriptEnvironment.PREFIX.length()), v));
    environment.put("TASKSERV", blueprint.identity().taskServ());
    environment.put("DEFINITION", blueprint.identity().definition());
    environment.put("WORKSPACE", blueprint.identity().workspace());
    environment.put("OPERATION_KIND", kind.word());
    environment.put("VERSION", design.version());
    environment.put("PREVIOUS_VERSION", previousVersion.orElse(""));
    environment.put("PACKAGES", String.join(" ", design.packages()));
    environment.put("UNITS", String.join(" ", design.units()));
    environment.put("DATA_PATHS", String.join("\n", design.dataPaths()));
    environment.put("DATA_POLICY", blueprint.options().dataPolicy());
    server(environment);
    artifact(environment);
    return environment.config(blueprint.configuration().plain()).values();
  }

  private void server(ScriptEnvironment environment) {
    design
        .member()
        .selfVariables()
        .forEach(
            (name, value) -> {
              if (!name.equals("role") && !name.equals("leader") && !name.equals("index")) {
                environment.put("SERVER_" + ScriptEnvironment.upper(name), value);
              }
            });
  }

  private void artifact(ScriptEnvironment environment) {
    String home =
        "/opt/provisioning/" + design.blueprint().identity().taskServ() + "/" + design.version();
    environment.put("HOME", home);
    String url = design.artifact().map(a -> a.url()).orElse("");
    environment.put("ARTIFACT_URL", url);
    environment.put("ARTIFACT_SHA256", design.artifact().map(a -> a.sha256()).orElse(""));
    environment.put("ARTIFACT", url.isEmpty() ? "" : home + "/" + fileName(url));
  }

  private static String fileName(String url) {
    String path = url.replaceAll("[?#].*$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
