package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Where new versions are announced. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record VersionSource(@JsonPropertyDescription("Releases on GitHub.") GitHubSource gitHub)
    implements VersionSourceBuilder.With {}
