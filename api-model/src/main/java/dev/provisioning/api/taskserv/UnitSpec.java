package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A systemd unit of the service. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UnitSpec(
    @JsonPropertyDescription("Its name, like redis-server.service; may hold template expressions.")
        @Required
        @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Role whose members run it. Absent: all.") @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription("Qute expression; it runs only when it is true.")
        @Size(min = 1, max = 512)
        String when)
    implements UnitSpecBuilder.With {}
