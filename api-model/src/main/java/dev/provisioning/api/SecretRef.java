package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Secret in the namespace of the resource. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretRef(
    @JsonPropertyDescription("Name of the Secret, in the namespace of the resource.")
        @Required
        @Pattern(Formats.OBJECT_NAME)
        String name,
    @JsonPropertyDescription(
            "Key in the Secret. Default: what the field that holds the reference says.")
        @Size(min = 1, max = 253)
        String key)
    implements SecretRefBuilder.With {}
