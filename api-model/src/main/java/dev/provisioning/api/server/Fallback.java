package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What to try next when the provider has no capacity. What is absent stays as it was. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.plan) || has(self.zone)",
    message = "a fallback names another plan, another zone, or both")
public record Fallback(
    @JsonPropertyDescription("Another plan.") @Size(min = 1, max = 63) String plan,
    @JsonPropertyDescription("Another zone.") @Size(min = 1, max = 63) String zone)
    implements FallbackBuilder.With {}
