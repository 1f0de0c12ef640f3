package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A connection that must be accepted. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TcpCheck(
    @JsonPropertyDescription("Where. Default: 127.0.0.1.") @Size(min = 1, max = 253) String host,
    @JsonPropertyDescription("Port, a number or a template expression.")
        @Required
        @Size(min = 1, max = 128)
        String port)
    implements TcpCheckBuilder.With {}
