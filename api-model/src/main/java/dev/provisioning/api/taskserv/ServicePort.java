package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import dev.provisioning.api.Protocol;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A port that the service listens on. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServicePort(
    @JsonPropertyDescription("Name of the port, unique in the definition.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Its number, or its usual one where a setting gives it.")
        @Required
        @Min(1)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription("Tcp or Udp. Default: Tcp.") Protocol protocol,
    @JsonPropertyDescription("Role that listens on it. Absent: all.") @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription("Path of Prometheus metrics on it, like /metrics; absent: none.")
        @Pattern(Formats.HTTP_PATH)
        String metrics,
    @JsonPropertyDescription(
            "Setting that gives its number, like port, or numbers, like sites.*.listen; without a value nothing listens. Absent: port is the number.")
        @Pattern(Formats.SETTING)
        String from,
    @JsonPropertyDescription(
            "Setting that must be true for it, like metrics. Absent: it is always there.")
        @Pattern(Formats.SETTING)
        String when,
    @JsonPropertyDescription(
            "Setting that says on which addresses it listens: All, Private or Loopback. Absent: on all.")
        @Pattern(Formats.SETTING)
        String bind,
    @JsonPropertyDescription(
            "Whether only programs of the machine itself reach it. Default: false.")
        Boolean local)
    implements ServicePortBuilder.With {}
