package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The name of the machine in DNS; refused until there is somebody who makes the record. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DnsSpec(
    @JsonPropertyDescription("Whether a record is made. Default: false.") Boolean register,
    @JsonPropertyDescription("Zone of the record, like prov.local.") @Size(max = 253) String zone,
    @JsonPropertyDescription("Seconds that a resolver may keep it. Default: 300.")
        @Min(1)
        @Max(604800)
        Integer ttl)
    implements DnsSpecBuilder.With {}
