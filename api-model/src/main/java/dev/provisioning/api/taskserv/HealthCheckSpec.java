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
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One question to the service on its machine: exactly one of command, tcp, http, unit. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.command) ? 1 : 0) + (has(self.tcp) ? 1 : 0) + (has(self.http) ? 1 : 0) + (has(self.unit) ? 1 : 0) == 1",
    message = "a health check is exactly one of command, tcp, http and unit")
public record HealthCheckSpec(
    @JsonPropertyDescription("Name of the check, unique in the definition.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Command; exit 0 is healthy.") @Size(min = 1, max = 32768)
        String command,
    @JsonPropertyDescription("A connection that must be accepted.") TcpCheck tcp,
    @JsonPropertyDescription("An address that must answer.") HttpCheck http,
    @JsonPropertyDescription("A systemd unit that must be active.") @Size(min = 1, max = 253)
        String unit,
    @JsonPropertyDescription("Role whose members are asked. Absent: all.") @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription("How often, like 10s. Default: 10s.") @Pattern(Formats.TIME_SPAN)
        String interval,
    @JsonPropertyDescription("The longest an answer may take. Default: 5s.")
        @Pattern(Formats.TIME_SPAN)
        String timeout,
    @JsonPropertyDescription("Failures in a row that count. Default: 3.") @Min(1) @Max(100)
        Integer retries,
    @JsonPropertyDescription("Time after a start in which failures do not count. Default: 30s.")
        @Pattern(Formats.DURATION)
        String startPeriod)
    implements HealthCheckSpecBuilder.With {}
