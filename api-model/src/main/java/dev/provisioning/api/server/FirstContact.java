package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** The first login to a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FirstContact(
    @JsonPropertyDescription("When the first try began.") Instant startedAt,
    @JsonPropertyDescription("When it succeeded; absent before.") Instant at,
    @JsonPropertyDescription("Tries so far.") @Min(0) Integer attempts,
    @JsonPropertyDescription("The machine it speaks of.") @Min(0) Integer incarnation)
    implements FirstContactBuilder.With {}
