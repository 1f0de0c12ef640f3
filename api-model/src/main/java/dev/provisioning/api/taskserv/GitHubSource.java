package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Releases on GitHub. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GitHubSource(
    @JsonPropertyDescription("Owner of the repository.") @Required @Size(min = 1, max = 63)
        String owner,
    @JsonPropertyDescription("Name of the repository.") @Required @Size(min = 1, max = 128)
        String repo,
    @JsonPropertyDescription("What stands before the version in a tag, like v.") @Size(max = 63)
        String tagPrefix,
    @JsonPropertyDescription("Whether pre-releases count. Default: false.") Boolean preReleases)
    implements GitHubSourceBuilder.With {}
