package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An address that must answer. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HttpCheck(
    @JsonPropertyDescription(
            "Address, may hold template expressions, like http://127.0.0.1:9090/-/ready.")
        @Required
        @Size(min = 1, max = 1024)
        String url,
    @JsonPropertyDescription("Status code to expect. Default: 200.") @Min(100) @Max(599)
        Integer expect)
    implements HttpCheckBuilder.With {}
