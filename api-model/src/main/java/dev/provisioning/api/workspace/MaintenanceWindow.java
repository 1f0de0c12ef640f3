package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A time in which changes may happen. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MaintenanceWindow(
    @JsonPropertyDescription(
            "When it opens, as a cron expression of five fields, like 0 2 * * SUN.")
        @Required
        @Pattern(Formats.CRON)
        String schedule,
    @JsonPropertyDescription("How long it stays open, like 4h.")
        @Required
        @Pattern(Formats.TIME_SPAN)
        String duration,
    @JsonPropertyDescription("Time zone of the schedule, like Europe/Madrid. Default: UTC.")
        @Pattern(Formats.TIME_ZONE)
        String timeZone)
    implements MaintenanceWindowBuilder.With {}
