package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A value made on one member and used by others. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExportSpec(
    @JsonPropertyDescription("Name of the value: exports.<name> in templates.")
        @Required
        @Pattern(Formats.EXPORT_NAME)
        String name,
    @JsonPropertyDescription("Command that prints it, after the last step.")
        @Required
        @Size(min = 1, max = 32768)
        String command,
    @JsonPropertyDescription("Whether it is kept in a Secret only. Default: false.") Boolean secret,
    @JsonPropertyDescription("All members, or the Leader only. Default: Leader.") RunOn runOn,
    @JsonPropertyDescription("Role whose members make it. Absent: all.") @Pattern(Formats.NAME)
        String role)
    implements ExportSpecBuilder.With {}
