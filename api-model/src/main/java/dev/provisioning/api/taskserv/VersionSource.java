package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Where new versions are announced. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.gitHub)",
    message = "say where new versions are announced, like gitHub: {owner, repo}")
public record VersionSource(@JsonPropertyDescription("Releases on GitHub.") GitHubSource gitHub)
    implements VersionSourceBuilder.With {}
