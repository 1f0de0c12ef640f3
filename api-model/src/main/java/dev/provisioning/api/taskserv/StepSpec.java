package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One script of an operation, run as root by bash -euo pipefail. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepSpec(
    @JsonPropertyDescription("Name of the step, unique in its list.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Script: exit 0 means that it is already so, and run is skipped.")
        @Size(min = 1, max = 32768)
        String check,
    @JsonPropertyDescription(
            "Script. Values come as environment variables and secrets as files in $PROVISIONING_SECRETS. Without check it must be safe to repeat.")
        @Required
        @Size(min = 1, max = 32768)
        String run,
    @JsonPropertyDescription("Script that takes it back.") @Size(min = 1, max = 32768) String undo,
    @JsonPropertyDescription(
            "The longest it may take, like 10m. Default: timeouts.step of the TaskServ, else 10m.")
        @Pattern(Formats.TIME_SPAN)
        String timeout,
    @JsonPropertyDescription("Tries after the first. Default: 0.") @Min(0) @Max(20) Integer retries,
    @JsonPropertyDescription("Its share of the progress. Default: 1.") @Min(1) @Max(100)
        Integer weight,
    @JsonPropertyDescription("User to run as. Default: root.") @Pattern(Formats.UNIX_USER)
        String user,
    @JsonPropertyDescription("All members, or the Leader only. Default: All.") RunOn runOn,
    @JsonPropertyDescription("Role on whose members it runs. Absent: all.") @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription(
            "In configure: BeforeStart or AfterStart the units start. In upgrade: BeforeInstall or AfterInstall of the new version. Default: BeforeStart, and AfterInstall in upgrade.")
        StepTiming when,
    @JsonPropertyDescription(
            "Whether a failure is only a warning. Default: false, and true in uninstall.")
        Boolean bestEffort)
    implements StepSpecBuilder.With {}
