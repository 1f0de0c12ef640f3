package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Addresses that are reached elsewhere. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Rewrite(
    @JsonPropertyDescription("Beginning of the addresses to replace, like https://github.com/.")
        @Required
        @Size(min = 1, max = 512)
        String prefix,
    @JsonPropertyDescription("What stands in its place, like https://mirror.example/github/.")
        @Required
        @Size(min = 1, max = 512)
        String replacement)
    implements RewriteBuilder.With {}
