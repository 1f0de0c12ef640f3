package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** One version of the service. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record VersionSpec(
    @JsonPropertyDescription("The version, like 7.0 or 2.53.1.") @Required @Pattern(Formats.VERSION)
        String version,
    @JsonPropertyDescription(
            "Whether it is taken when no version is named: the highest such one that the machine supports.")
        @JsonProperty("default")
        Boolean isDefault,
    @JsonPropertyDescription(
            "Operating systems for this version. Default: those of the definition.")
        @Size(max = 16)
        List<SupportedSystem> supports,
    @JsonPropertyDescription("Names of distribution packages.") @Size(max = 64)
        List<String> packages,
    @JsonPropertyDescription("Files that the machine fetches.") @Size(max = 32)
        List<Artifact> artifacts,
    @JsonPropertyDescription(
            "Range of versions that can be upgraded to this one in place, like >=6. Default: all.")
        @Pattern(Formats.VERSION)
        String upgradesFrom,
    @JsonPropertyDescription(
            "Date of the last fix by its publisher, like 2027-06-30: later plans warn.")
        @Pattern(Formats.DATE)
        String endOfLife)
    implements VersionSpecBuilder.With {
  public VersionSpec {
    supports = Copies.of(supports);
    packages = Copies.of(packages);
    artifacts = Copies.of(artifacts);
  }
}
