package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A file that the service owns. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ManagedFileSpec(
    @JsonPropertyDescription("Where it is; may hold template expressions.")
        @Required
        @Pattern(Formats.ABSOLUTE_PATH)
        String path,
    @JsonPropertyDescription(
            "Its content as a Qute template, strict and without escaping, over config, server, members, workspace, exports, version and role.")
        @Required
        @Size(max = 65536)
        String template,
    @JsonPropertyDescription("Octal mode in quotes, like \"0640\". Default: 0644.")
        @Pattern(Formats.FILE_MODE)
        String mode,
    @JsonPropertyDescription(
            "User and group, like redis:redis; may hold template expressions. Default: root:root.")
        @Size(min = 1, max = 256)
        String owner,
    @JsonPropertyDescription("Role whose members have it. Absent: all.") @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription(
            "Command that must succeed with the new content in $FILE before it is used.")
        @Size(min = 1, max = 32768)
        String validate,
    @JsonPropertyDescription("Units restarted when it changes.") @Size(max = 16)
        List<String> restarts,
    @JsonPropertyDescription("Units reloaded when it changes.") @Size(max = 16)
        List<String> reloads)
    implements ManagedFileSpecBuilder.With {
  public ManagedFileSpec {
    restarts = Copies.of(restarts);
    reloads = Copies.of(reloads);
  }
}
