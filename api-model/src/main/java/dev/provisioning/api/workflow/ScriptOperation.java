package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import dev.provisioning.api.taskserv.Targets;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** A script on machines, run as root by bash -euo pipefail. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScriptOperation(
    @JsonPropertyDescription("The machines it runs on, all at once.") @Required Targets servers,
    @JsonPropertyDescription("The script.") @Required @Size(min = 1, max = 32768) String run,
    @JsonPropertyDescription("Script: exit 0 means that it is already so, and run is skipped.")
        @Size(min = 1, max = 32768)
        String check,
    @JsonPropertyDescription(
            "Script that takes it back, on every machine on which run began. Absent: the operation is irreversible.")
        @Size(min = 1, max = 32768)
        String rollback,
    @JsonPropertyDescription(
            "Whether run is safe to repeat: only then a failed try is tried again by itself. Default: false.")
        Boolean idempotent,
    @JsonPropertyDescription("User to run as. Default: root.") @Pattern(Formats.UNIX_USER)
        String user,
    @JsonPropertyDescription("Environment variables of the scripts; no secrets.") @Size(max = 64)
        Map<String, String> environment)
    implements ScriptOperationBuilder.With {
  public ScriptOperation {
    environment = Copies.of(environment);
  }
}
